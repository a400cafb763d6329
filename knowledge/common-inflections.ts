/** Endings before which a word may lose its e, change its y or double its last letter. */
const ENDINGS = ['ness', 'able', 'ing', 'ion', 'est', 'ed', 'er', 'or', 'ly', 'es'];
/** Endings that leave the word before them as it is. */
const PLAIN_ENDINGS = ['ment', 'less', 'ful', 's'];

/**
 * Whether a word is one of some base words or a regular form of one: "stopped" of "stop", "happily" of "happy", "reporters" of
 * "report". Deliberately generous: a form that nobody uses ("cheesing") is no misspelling of something else.
 */
export function isFormOf(word: string, isBase: (word: string) => boolean, depth = 2): boolean {
  if (isBase(word)) return true;
  if (depth === 0) return false;
  const isForm = (base: string): boolean => base.length >= 3 && isFormOf(base, isBase, depth - 1);
  return (
    (word.endsWith('bly') && isForm(`${word.slice(0, -1)}e`)) ||
    PLAIN_ENDINGS.some((ending) => word.endsWith(ending) && isForm(word.slice(0, -ending.length))) ||
    ENDINGS.some((ending) => {
      if (!word.endsWith(ending)) return false;
      const rest = word.slice(0, -ending.length);
      const last = rest.at(-1);
      return (
        isForm(rest) ||
        isForm(`${rest}e`) ||
        (last === 'i' && isForm(`${rest.slice(0, -1)}y`)) ||
        (last === rest.at(-2) && isForm(rest.slice(0, -1)))
      );
    })
  );
}
