"""Tables shipped with the engine: letters, words, and how often words occur in ordinary payments."""
