"""What the records say, section by section: each module tells the paragraphs of one."""
