"""The domain of the digital-skills portal: pure Python that knows nothing of MkDocs."""
