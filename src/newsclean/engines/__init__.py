"""
Adapters: newsclean in the idiom of an engine, one module each, which alone imports that engine.

    spark         clean(df) -> DataFrame
    ray           clean(dataset) -> Dataset
    datatrove     Newsclean(...), a step of a pipeline
    hf_datasets   clean(dataset) -> Dataset

None of them cleans anything by itself: they pass batches to `newsclean.arrow`, or texts to `newsclean.cleaner.attempt`.
A cleaner is sent to workers as its options; the dictionaries are loaded once in each process, from the package.
"""
