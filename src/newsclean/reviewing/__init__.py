"""
The review page: what a run did or would do, in one HTML file, and a configuration out of what a reader says to it.

    groups.py     equal changes become one group, with its count and the reasons to look at it
    articles.py   texts cut where they were changed, for a view side by side
    review.py     a page in the making, gathered as texts and logs come by
    page.py       all into one file: page.html, page.css, and one script of several files, which page.js sets to work
"""
