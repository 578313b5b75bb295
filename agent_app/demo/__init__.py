"""One whole call, unattended, through the desk's own widgets: proof for a newcomer and a site."""
