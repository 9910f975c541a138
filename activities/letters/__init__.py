"""Letters: written from templates, sent by SMTP, once as far as SMTP permits."""
