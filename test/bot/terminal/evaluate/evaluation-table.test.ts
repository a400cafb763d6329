import { recordOf } from '../../../../bot/terminal/evaluate/baseline';
import { buildEvaluation } from '../../../../bot/terminal/evaluate/evaluation';
import { evaluationTable } from '../../../../bot/terminal/evaluate/evaluation-table';
import { labelled, result } from '../../../support/judged-question';

const QUESTIONS = [
  labelled('answerable', ['a'], { id: 'q1', origin: 'real' }),
  labelled('answerable', ['b'], { id: 'q2', origin: 'own' }),
  labelled('guided', [], { id: 'q3', guide: 'g' }),
  labelled('off-topic', [], { id: 'q4' }),
];
const RESULTS = [
  result('answer', ['a'], { confidence: 0.75 }),
  result('answer', ['a', 'b'], { confidence: 0.55 }),
  result('guide', [], { guide: 'g' }),
  result('fallback', ['b'], { confidence: 0.05, elapsedMs: 3 }),
];

test('the table has figures with intervals, the calibration, the confusions, the comparison and the latency', () => {
  const before = recordOf(QUESTIONS[1]!, result('clarify', ['b'], { confidence: 0.31 }));
  const table = evaluationTable(buildEvaluation(QUESTIONS, RESULTS, new Map([['q2', before]])));
  expect(table).toBe(TABLE);
});

const TABLE = `\
| kind       | origin |   n |          top-1 |          top-3 |  MRR | right outright | wrong, confident |    right guide |
| ---------- | ------ | --: | -------------: | -------------: | ---: | -------------: | ---------------: | -------------: |
| answerable | real   |   1 | 100 % (21–100) | 100 % (21–100) | 1.00 | 100 % (21–100) |       0 % (0–79) |                |
| answerable | own    |   1 |     0 % (0–79) | 100 % (21–100) | 0.50 |     0 % (0–79) |   100 % (21–100) |                |
| answerable | all    |   2 |    50 % (9–91) | 100 % (34–100) | 0.75 |    50 % (9–91) |      50 % (9–91) |                |
| guided     | -      |   1 |                |                |      |                |       0 % (0–79) | 100 % (21–100) |

| kind      | origin |   n | correctly refused | wrong, confident |
| --------- | ------ | --: | ----------------: | ---------------: |
| off-topic | -      |   1 |    100 % (21–100) |       0 % (0–79) |

Confidence of the best answer: expected calibration error 0.283 on 3 questions

| confidence |   n | mean |    truly right | too high by |
| ---------: | --: | ---: | -------------: | ----------: |
|    0.0–0.1 |   1 | 0.05 |     0 % (0–79) |       +0.05 |
|    0.5–0.6 |   1 | 0.55 |     0 % (0–79) |       +0.55 |
|    0.7–0.8 |   1 | 0.75 | 100 % (21–100) |       -0.25 |

Entries that fight each other

|   n | expected | first instead | questions |
| --: | -------- | ------------- | --------- |
|   1 | b        | a             | q2        |

Neither better nor worse than the baseline, as far as these questions can tell. 1 question compared, 3 new.

| against the baseline    |       share |  questions | gained | lost |   p | verdict |
| ----------------------- | ----------: | ---------: | -----: | ---: | --: | ------: |
| right entry first       | 100 % → 0 % | 1 → 0 of 1 |      0 |    1 |   1 |    same |
| rightly met             |   0 % → 0 % | 0 → 0 of 1 |      0 |    0 |   1 |    same |
| not wrong and confident | 100 % → 0 % | 1 → 0 of 1 |      0 |    1 |   1 |    same |

1 question with another top answer, 0 only with another outcome

- q2: clarify (b 0.31) → answer (a 0.55)

4 questions; one takes 1.00 ms (median), 3.00 ms (95th percentile). In brackets: 95 % intervals.
`;
