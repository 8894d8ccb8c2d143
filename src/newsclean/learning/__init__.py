"""
Learning: what a corpus repeats, and so what its owner may want to tell newsclean.

One pass over the texts, each cleaned by the plain chain, finds

    prompts        lines and sentences that documents of one site share and the model of lines takes for prompts
    names          words that are unknown and stand with a capital inside sentences of several documents
    corrections    words that were suggested to be slips for one that the corpus has far more often

Nothing of it is applied: these are proposals, each with its evidence, for somebody to accept or reject.
Counts are kept within bounds, so that memory does not grow with the corpus.

    seen.py       what one document has to teach
    counts.py     documents counted by what they have, within bounds
    learner.py    all documents, and what they come to
    proposals.py  what is proposed: as a configuration, and as a log for the review page
"""
