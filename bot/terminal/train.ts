import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildLazyRepair, compileKnowledge, type FindableKnowledge } from '../../knowledge/build-understand';
import { buildMatchIntent, type MatchIntent } from '../../knowledge/intent-matcher';
import { buildRank, type Rank } from '../../knowledge/rank';
import { buildReadQuestion, intentMessageOf, type ReadMessage } from '../../knowledge/read-question';
import type { Semantics } from '../../knowledge/semantics/semantics';
import { buildTokenise } from '../../knowledge/tokenise';
import type { ReadingModel } from '../../knowledge/trained-model';
import { type IntentFigures, trainIntents } from '../../knowledge/training/train-intents';
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
  process.stderr.write(`reading ${labelled.questions.length} questions …\n`);
  const read = await readAll(labelled.questions, { ...knowledge, guides }, semantics);
  await semantics.close();

  process.stderr.write('learning …\n');
  const learnt = { lexical: learnFrom(read, 'lexical'), semantic: learnFrom(read, 'semantic') };
  const model = {
    figures: { lexical: learnt.lexical.figures, semantic: learnt.semantic.figures },
    lexical: learnt.lexical.model,
    semantic: learnt.semantic.model,
  };
  await writeFile(MODEL_FILE, `${JSON.stringify(model, null, 2)}\n`);
  process.stdout.write(tableOf(learnt.lexical, learnt.semantic));
  return 0;
}

/** A labelled question, read by words and sense. */
interface ReadQuestion {
  readonly labelled: LabelledQuestion;
  readonly message: ReadMessage;
  readonly ranking: Rank;
  readonly intents: MatchIntent;
}

async function readAll(
  questions: readonly LabelledQuestion[],
  knowledge: FindableKnowledge,
  semantics: Semantics,
): Promise<readonly ReadQuestion[]> {
  const compiled = compileKnowledge(knowledge);
  const ranking = buildRank(compiled.ranking);
  const intents = buildMatchIntent(knowledge.intents, compiled.intents);
  const tokenise = buildTokenise(knowledge.glossary);
  const read = buildReadQuestion(knowledge.intents, tokenise, ranking, intents, buildLazyRepair(compiled), semantics);
  const all: ReadQuestion[] = [];
  for (const labelled of questions) all.push({ labelled, message: await read(labelled.question), ranking, intents });
  return all;
}

interface Learnt {
  readonly model: ReadingModel;
  readonly figures: TrainingFigures & { readonly intents: IntentFigures };
}

function learnFrom(questions: readonly ReadQuestion[], mode: 'lexical' | 'semantic'): Learnt {
  const bySense = mode === 'semantic';
  const found = questions.map(({ labelled, message, ranking, intents }) => {
    const asked = bySense ? message.asked : { ...message.asked, semantics: undefined };
    return { labelled, message, intents, asked, weigh: ranking.gather(asked) };
  });
  const { model, figures } = trainModel(
    found.flatMap(({ labelled, asked, weigh }) => {
      const kind = trainingKindOf(labelled);
      if (kind === undefined) return [];
      return [{ kind, right: rightOf(labelled), weigh, bySense: asked.semantics !== undefined }];
    }),
  );
  const intents = trainIntents(
    found.flatMap(({ labelled, message, intents, asked, weigh }) => {
      if (message.exactIntent !== undefined) return [];
      const ofIntents = bySense ? message.intentSemantics : undefined;
      const likeness = intents.likest(intentMessageOf(asked, ofIntents, weigh(model.ranking, 1)));
      if (likeness === undefined) return [];
      const isIntent = labelled.kind === 'smalltalk' || labelled.kind === 'command';
      const right = isIntent && (labelled.intent === undefined || labelled.intent === likeness.intent.id);
      return [{ likeness, isIntent, right }];
    }),
  );
  return { model: { ...model, intents: intents.weights }, figures: { ...figures, intents: intents.figures } };
}

function trainingKindOf({ kind }: LabelledQuestion): TrainingQuestion['kind'] | undefined {
  switch (kind) {
    case 'answerable':
    case 'guided':
      return kind;
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

function tableOf(lexical: Learnt, semantic: Learnt): string {
  const rows: readonly (readonly [string, (figures: Learnt['figures']) => number])[] = [
    ['right entry first', ({ top1 }) => top1],
    ['right entry among the first three', ({ top3 }) => top3],
    ['answered outright and right', ({ rightOutright }) => rightOutright],
    ['answered outright and wrong', ({ wrongConfident }) => wrongConfident],
    ['near our topic, but answered', ({ nearAnswered }) => nearAnswered],
    ['about something else, but answered', ({ offAnswered }) => offAnswered],
    ['right guide started', ({ guideStarted }) => guideStarted],
    ['right guide started or offered', ({ guideReached }) => guideReached],
    ['wrong guide started', ({ wrongGuide }) => wrongGuide],
    ['sent into a guide instead of answered', ({ sentAway }) => sentAway],
    ['small talk and commands recognised', ({ intents }) => intents.recognised],
    ['questions taken for small talk or command', ({ intents }) => intents.falseAlarms],
    ['expected calibration error', ({ expectedCalibrationError }) => expectedCalibrationError],
  ];
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`.padStart(9);
  const lines = rows.map(
    ([name, of]) => `${name.padEnd(44)}${percent(of(lexical.figures))}${percent(of(semantic.figures))}`,
  );
  const at = ({ model }: Learnt): string => `${model.thresholds.answerAt} / ${model.thresholds.offerAt}`.padStart(13);
  return [
    `${lexical.figures.questions} questions, each judged by a model that has not seen it`,
    `${''.padEnd(44)}${'words'.padStart(9)}${'+ sense'.padStart(9)}`,
    ...lines,
    `answer from / offer from: words ${at(lexical).trim()}, with sense ${at(semantic).trim()}`,
    '',
  ].join('\n');
}
