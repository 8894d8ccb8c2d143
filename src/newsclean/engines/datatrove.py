"""datatrove: a step of a pipeline, for any of its executors."""

from __future__ import annotations

from datatrove.data import Document, DocumentsPipeline
from datatrove.pipeline.base import PipelineStep
from datatrove.utils.typeshelper import StatHints

from newsclean.arrow import fields_of
from newsclean.cleaner import MOST, Cleaner, Refused, attempt
from newsclean.options import Options


class Newsclean(PipelineStep):
    """
    Cleans the text of each document and leaves its id, its media and the rest of its metadata alone.

    Documents stream through one by one, so memory does not grow with a shard. The stats count texts, those changed,
    edits, edits by rule, and texts refused. `text_error` in the metadata tells why a text was left as it is; it is
    empty for all others, and always there, so that writers of Parquet see its type.

    Args:
        options: Or a cleaner made of them, of an importable class.
        edits: Put the edits into the metadata, as `text_edits`: a list of what `newsclean.arrow.EDIT` describes.
        most: Bytes of UTF-8. A longer text is not cleaned.

    Raises:
        ConfigError: If the options name an unknown stage or rule.
    """

    type = "✂️ - FORMAT"
    name = "📰 newsclean"

    def __init__(self, options: Options | Cleaner = Options(), *, edits: bool = False, most: int = MOST) -> None:
        super().__init__()
        self.cleaner = Cleaner.of(options)
        self.edits = edits
        self.most = most

    def run(self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1) -> DocumentsPipeline:
        """Yield each document, clean."""
        for document in data:
            self.stat_update(StatHints.total)
            with self.track_time():
                self._clean(document)
            yield document

    def _clean(self, document: Document) -> None:
        answer = None if document.text is None else attempt(self.cleaner, document.text, self.most)
        document.metadata["text_error"] = answer.reason if isinstance(answer, Refused) else ""
        found = () if answer is None or isinstance(answer, Refused) else answer.edits
        if self.edits:
            document.metadata["text_edits"] = [fields_of(edit) for edit in found]
        if isinstance(answer, Refused):
            self.stat_update("refused")
        elif answer is not None and answer.edits:
            document.text = answer.text
            self.stat_update("changed")
            self.stat_update("edits", value=len(found))
            self.stat_update(*(part.rule for edit in found for part in edit.parts))
