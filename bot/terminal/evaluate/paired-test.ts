/**
 * How likely it is, 0 to 1, that two equally good versions split their disagreements at least this unevenly: the exact two-sided
 * McNemar test. `better` questions went from wrong to right, `worse` from right to wrong; those that stayed as they were say nothing. With
 * no disagreement it is 1; 0 against 6 gives 0.031, 0 against 5 gives 0.063. (Q. McNemar, "Note on the sampling error of the
 * difference between correlated proportions or percentages", Psychometrika 12, 1947, with the binomial distribution itself.)
 */
export function pairedTest(better: number, worse: number): number {
  const trials = better + worse;
  // In logarithms: 0.5 to the number of trials vanishes in floating point beyond 1,074 of them.
  let logChoose = 0;
  let tail = 0;
  for (let hits = 0; hits <= Math.min(better, worse); hits++) {
    if (hits > 0) logChoose += Math.log(trials - hits + 1) - Math.log(hits);
    tail += Math.exp(logChoose - trials * Math.LN2);
  }
  return Math.min(1, 2 * tail);
}
