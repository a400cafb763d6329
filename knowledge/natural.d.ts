// natural has types for its main module only, and that one loads database drivers and reads `.env`; this is the part we use.
declare module 'natural/lib/natural/stemmers/porter_stemmer' {
  const stemmer: { stem(word: string): string };
  export = stemmer;
}
