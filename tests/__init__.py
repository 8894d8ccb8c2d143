"""The tests of newsclean: cases, laws, agreement with ftfy, data, files, the command."""
