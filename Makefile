# The same words as ./zhitongche, for fingers that are used to make.
WORDS := up test lint migrate clauses bench help

.DEFAULT_GOAL := help
.PHONY: $(WORDS)

$(WORDS):
	@./zhitongche $@ $(ARGS)
