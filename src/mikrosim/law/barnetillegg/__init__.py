"""Which children give a supplement to benefits that replace work, and what these benefits count alike."""
