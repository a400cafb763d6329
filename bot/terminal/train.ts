import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildLazyRepair, compileKnowledge } from '../../knowledge/build-understand';
import { buildRank } from '../../knowledge/rank';
import { buildReadQuestion } from '../../knowledge/read-question';
import { buildTokenise } from '../../knowledge/tokenise';
import { type TrainingFigures, type TrainingQuestion, trainModel } from '../../knowledge/training/train-model';
import { loadConfig } from '../config';
import { ContentError } from '../foundation/content-error';
import { MODEL_FILE, SHIPPED_VECTORS, startSemanticsOf } from '../load-bot';
import { loadContent } from '../load-content';
import { type LabelledQuestion, labelledFilesIn, loadLabelledQuestions } from './evaluate/labelled-questions';

/**
 * Learns the weights and thresholds from the labelled questions in knowledge/questions and writes them, with the figures they
 * were chosen on, to knowledge/trained-model.json; the sentence vectors of the knowledge go beside it. The same content always
 * gives the same files. Takes about a minute, most of it for sentences that are new.
 */
export async function train(): Promise<number> {
  const config = loadConfig({ ...process.env, SEMANTIC: 'on' });
  const { knowledge, guides, faults } = await loadContent(config);
  if (faults.length > 0) throw new ContentError(faults);
  const labelled = await loadLabelledQuestions(await labelledFilesIn(path.join(config.knowledgeDir, 'questions')));
  if (labelled.faults.length > 0) throw new ContentError(labelled.faults);

  process.stderr.write('reading the sentences of the knowledge …\n');
  const semantics = startSemanticsOf(knowledge, guides, [SHIPPED_VECTORS]);
  const state = await semantics.settled;
  if (state.kind !== 'ready') {
    process.stderr.write(`The sentence encoder cannot be used: ${state.kind === 'off' ? state.reason : state.kind}\n`);
    return 1;
  }
  const compiled = compileKnowledge({ ...knowledge, guides });
  const rank = buildRank(compiled.ranking);
  const readQuestion = buildReadQuestion(
    knowledge.intents,
    buildTokenise(knowledge.glossary),
    rank,
    buildLazyRepair(compiled),
    semantics,
  );
  process.stderr.write(`reading ${labelled.questions.length} questions …\n`);
  const questions: TrainingQuestion[] = [];
  const byWords: TrainingQuestion[] = [];
  for (const one of labelled.questions) {
    const kind = trainingKindOf(one);
    if (kind === undefined) continue;
    const { asked } = await readQuestion(one.question);
    questions.push({ kind, right: rightOf(one), weigh: rank.gather(asked), bySense: asked.semantics !== undefined });
    byWords.push({ kind, right: rightOf(one), weigh: rank.gather({ ...asked, semantics: undefined }), bySense: false });
  }
  await semantics.close();

  process.stderr.write('learning …\n');
  const lexical = trainModel(byWords);
  const semantic = trainModel(questions);
  const model = {
    figures: { lexical: lexical.figures, semantic: semantic.figures },
    lexical: lexical.model,
    semantic: semantic.model,
  };
  await writeFile(MODEL_FILE, `${JSON.stringify(model, null, 2)}\n`);
  process.stdout.write(tableOf(lexical, semantic));
  return 0;
}

function trainingKindOf({ kind }: LabelledQuestion): TrainingQuestion['kind'] | undefined {
  switch (kind) {
    case 'answerable':
    case 'guided':
      return 'answerable';
    case 'near-topic-unanswered':
      return 'near';
    case 'off-topic':
      return 'off';
    default:
      return undefined; // small talk and commands are not found by the ranking
  }
}

function rightOf({ expected, guide }: LabelledQuestion): ReadonlySet<string> {
  return new Set([...expected.map((id) => `entry:${id}`), ...(guide === undefined ? [] : [`guide:${guide}`])]);
}

type Trained = ReturnType<typeof trainModel>;

function tableOf(lexical: Trained, semantic: Trained): string {
  const rows: readonly (readonly [string, (figures: TrainingFigures) => number])[] = [
    ['right entry first', ({ top1 }) => top1],
    ['right entry among the first three', ({ top3 }) => top3],
    ['answered outright and right', ({ rightOutright }) => rightOutright],
    ['answered outright and wrong', ({ wrongConfident }) => wrongConfident],
    ['near our topic, but answered', ({ nearAnswered }) => nearAnswered],
    ['about something else, but answered', ({ offAnswered }) => offAnswered],
    ['expected calibration error', ({ expectedCalibrationError }) => expectedCalibrationError],
  ];
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`.padStart(9);
  const lines = rows.map(
    ([name, of]) => `${name.padEnd(36)}${percent(of(lexical.figures))}${percent(of(semantic.figures))}`,
  );
  const at = ({ model }: Trained): string => `${model.thresholds.answerAt} / ${model.thresholds.offerAt}`.padStart(13);
  return [
    `${lexical.figures.questions} questions, each judged by a model that has not seen it`,
    `${''.padEnd(36)}${'words'.padStart(9)}${'+ sense'.padStart(9)}`,
    ...lines,
    `answer from / offer from: words ${at(lexical).trim()}, with sense ${at(semantic).trim()}`,
    '',
  ].join('\n');
}
