import type { Question } from '../dialogs/guide';
import type { ValueProblem } from '../dialogs/values/read-value';
import { wordsOf } from './guide-replies';
import { phrases } from './phrases';

/** What is said to a reply that is no answer to the open question: other words each time. */
export function unclearWords(question: Question, times: number): string {
  switch (question.kind) {
    case 'value':
      return phrases.unclearValue(times, question.example);
    case 'several':
      return phrases.unclearSeveral(times);
    case 'one':
      return question.numeric ? phrases.unclearLetter(times) : phrases.unclearChoice(times);
  }
}

/** What is wrong with a value that was typed. */
export function valueWords(problem: ValueProblem, question: Question): string {
  const words = phrases.valueProblem;
  switch (problem.kind) {
    case 'none':
      return words.none(question.kind === 'value' ? question.example : '');
    case 'host-bits':
      return words['host-bits'](problem.found, problem.range);
    case 'too-many':
      return words['too-many'](wordsOf(problem.found));
    case 'refused':
      return words[problem.as](problem.found);
    case 'asn-reserved':
      return problem.by === 'azure' ? words['asn-azure'](problem.found) : words['asn-iana'](problem.found);
    default:
      return words[problem.kind](problem.found);
  }
}
