"""From a scenario and a population to a result: the parts below, put together."""
