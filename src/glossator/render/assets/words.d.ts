/** What the scripts say, in the language of the page. `hosts/theme.py` writes it before them. */
declare const glWords: {
  place: string;
  source: string;
  original: string;
  originals: string;
  improve: string;
  translate: string;
  split: string;
  enlarge: string;
  close: string;
  /** The language of these words, if it is not that of the page. */
  lang?: string;
  /** Whether there is a glossary for this language. */
  terms?: boolean;
};
