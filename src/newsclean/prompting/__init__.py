"""What the prompts stage needs: the language prompts are written down in, their index, and blocks of lines."""
