"""The report as one HTML page: what it says (`sections`), how it looks (`report.html`, `style.css`)."""
