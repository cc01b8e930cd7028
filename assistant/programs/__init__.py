"""What other programs talk to: the verbs they share, REST, MCP, and the objects that come and go."""
