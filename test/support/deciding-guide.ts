import type { Guide } from '../../dialogs/guide';
import { parseGuide } from '../../dialogs/parse-guide';

/** A guide with one of everything: each kind of question, a decision table, a check, and a hand-over to `which-bicycle`. */
export const DECIDING_GUIDE_YAML = `# yaml-language-server: $schema=../guide.schema.json
title: Which "lock" & chain?
description: A few questions to the right lock.
asOf: 2019-05-14
utterances: [which lock, what lock do I need, help me find a lock]
start: place
questions:
  place:
    text: Where does the bicycle stand at night when you are at home or far away?
    why: Some places are safer.
    choices:
      cellar: {label: In the cellar, because: It stands in the cellar., next: no-lock}
      street: {label: In the street, because: It stands in the street., next: needs}
      station: {label: At the station, because: It stands at the station., next: needs}
      none: {label: I have none, because: There is none., next: "guide:which-bicycle"}
    unknown: {because: You do not know., next: needs}
  needs:
    text: What matters?
    why: Locks differ.
    several: true
    choices:
      light: {label: Weight, because: It must be light.}
      cheap: {label: Price, because: It must be cheap.}
      nothing: {label: Nothing, alone: true, because: Nothing matters.}
    next: kind
    unknown: {because: You do not know what matters.}
  ours:
    text: What is the range of your garage?
    why: Garages may overlap.
    asks: range
    example: 10.0.0.0/24
    because: Yours is {value}.
    next: theirs
    unknown: {because: You do not know yours., next: chain}
  theirs:
    text: What is the range of theirs?
    why: Garages may overlap.
    asks: range
    example: 10.0.1.0/24
    because: Theirs is {value}.
    next: apart
    unknown: {because: You do not know theirs.}
decisions:
  kind:
    rows:
      - when: {place: [street], needs: {any: [light], none: [cheap]}}
        next: folding
      - when: {needs: {only: [nothing]}}
        next: ours
      - when: {needs: [unknown]}
        next: chain
    otherwise: folding
  apart:
    check: overlap
    of: [ours, theirs]
    results: {overlap: chain, apart: no-lock, unknown: chain}
outcomes:
  no-lock: {verdict: You need no lock., explanation: It is safe., nextSteps: [Sleep], cites: [how-long-does-a-tyre-last]}
  folding: {verdict: Take a folding lock., explanation: It is light., nextSteps: [Buy it], cites: [how-long-does-a-tyre-last]}
  chain: {verdict: "Take a chain | two chains.", explanation: It is strong., nextSteps: [Buy it], cites: [how-long-does-a-tyre-last]}
`;

/** The guide `which-lock`, parsed. */
export function decidingGuide(): Guide {
  const result = parseGuide(DECIDING_GUIDE_YAML, 'guides/which-lock.yaml');
  if (!result.ok) throw new Error(result.faults.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  return result.guide;
}
