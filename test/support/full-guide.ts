import { type Facts, parseFacts } from '../../dialogs/facts';
import type { Guide } from '../../dialogs/guide';
import { guideIn } from './tiny-guide';

/** A guide about the network of a camp site, with everything that a guide can have. It hands over to the tiny guide. */
export const FULL_GUIDE_YAML = `title: Which network fits our camp?
description: Some questions about the camp.
asOf: 2019-05-14
utterances:
  - plan the network of our camp
  - help me with the camp network
  - what network does a camp need
start: tents
questions:
  tents:
    text: How many tents are there?
    why: Every tent gets a lamp.
    fact: tents
    said: ["{value} tents"]
    choices:
      few:
        label: A handful
        numbers: {from: 0, to: 10}
        because: The camp is small.
        next: things
      many:
        label: Dozens
        synonyms: [a whole field]
        numbers: {from: 11, to: 50}
        because: The camp is large.
        next: things
      crowd:
        label: A festival
        numbers: {from: 51}
        because: The camp is a festival.
        next: speed
    unknown:
      because: The tents have not been counted.
      tip: Count them before dark.
      next: things
  speed:
    text: How fast is the line?
    why: A festival needs a fast line.
    unit: Mbit/s
    choices:
      slow:
        label: Up to 100
        numbers: {from: 0, to: 100}
        because: The line is slow.
        rulesOut:
          - what: A network for a festival
            because: The line is too slow.
        next: no-network
      fast:
        label: Faster
        numbers: {from: 100.5}
        because: The line is fast.
        next: things
    unknown:
      because: The speed of the line is not known.
      next: things
  things:
    text: What is to be connected?
    why: Cameras need more than lamps.
    several: true
    choices:
      lamps:
        label: Lamps
        synonyms: [lights]
        facts: {things: lamps}
        because: There are lamps.
      cameras:
        label: Cameras
        said: [film the camp]
        facts: {things: cameras}
        because: There are cameras.
        tip: Tell the guests.
      sensors:
        label: Rain sensors
        because: There are rain sensors.
      nothing:
        label: None of these
        alone: true
        because: Nothing is to be connected.
    next: by-things
    unknown:
      because: It is not known what is to be connected.
  camp-range:
    text: Which range has the camp?
    why: Every thing needs an address in it.
    asks: range
    example: 10.0.0.0/24
    fact: camp-range
    said: ["camp has {value}"]
    because: The camp has {value}.
    next: room
    unknown:
      because: The range of the camp is not known.
      next: own-number
  village-ranges:
    text: Which ranges has the village next to {camp-range}?
    why: They must not overlap {camp-range}.
    asks: ranges
    example: 10.1.0.0/24, 10.2.0.0/24
    because: The village has {value}.
    next: apart
    unknown:
      because: The ranges of the village are not known.
      next: gate
  gate:
    text: Which address has the gate?
    why: It must lie in {camp-range}.
    asks: address
    refuse: [apipa, public]
    example: 10.0.0.4
    because: The gate has {value}.
    next: gate-place
    unknown:
      because: The address of the gate is not known.
      next: whole-network
  own-number:
    text: Which AS number has the camp?
    why: It must differ from the village’s.
    asks: asn
    example: "65010"
    because: The camp has AS {value}.
    next: village-number
    unknown:
      because: The AS number of the camp is not known.
      next: village-number
  village-number:
    text: Which AS number has the village?
    why: It must differ from the camp’s, {own-number|not known yet}.
    asks: asn
    example: "65020"
    because: The village has AS {value}.
    next: numbers
    unknown:
      because: The AS number of the village is not known.
      next: numbers
decisions:
  by-things:
    rows:
      - when: {things: [nothing]}
        next: no-network
      - when: {things: {only: [lamps]}, tents: [few, unknown]}
        because: A few lamps can run on a dynamo.
        rulesOut:
          - what: A network
            because: A dynamo is enough.
        next: guide:which-bicycle
      - when: {things: {all: [cameras, sensors], none: [lamps]}}
        next: own-number
    otherwise: camp-range
  room:
    check: subnet-size
    of: [camp-range]
    results:
      too-small: {next: too-small, because: "{room.prefix} has only {room.addresses} addresses."}
      small: {next: village-ranges, because: "{room.prefix} is just enough."}
      recommended: village-ranges
      unknown: village-ranges
  apart:
    check: overlap
    of: [camp-range, village-ranges]
    results:
      overlap: {next: ranges-overlap, because: The ranges overlap.}
      apart: gate
      unknown: gate
  gate-place:
    check: relation
    of: [gate, camp-range]
    results:
      same: whole-network
      covers: whole-network
      inside: whole-network
      apart: {next: gate-outside, because: "{gate-place.first} does not lie in {gate-place.second}."}
      unknown: whole-network
  numbers:
    check: same
    of: [own-number, village-number]
    results:
      same: {next: same-numbers, because: "Both have AS {numbers.value}."}
      different: {next: two-numbers, because: The two AS numbers differ.}
      unknown: two-numbers
outcomes:
  no-network:
    verdict: Do without a network.
    explanation: There is nothing to connect, or nothing to connect it with.
    nextSteps: [Enjoy the silence.]
    cites: [how-long-does-a-tyre-last]
  too-small:
    verdict: "{camp-range} is too small."
    explanation: "{room.addresses} addresses do not do."
    nextSteps: [Take a larger range.]
    cites: [how-long-does-a-tyre-last]
  ranges-overlap:
    verdict: "{camp-range} and {village-ranges} overlap."
    explanation: "{apart.first} and {apart.second} share addresses."
    nextSteps: ["Take another range than {camp-range}."]
    cites: [how-long-does-a-tyre-last]
  gate-outside:
    verdict: Move the gate.
    explanation: "{gate} does not lie in {camp-range}."
    nextSteps: [Give it another address.]
    cites: [how-long-does-a-tyre-last]
  same-numbers:
    verdict: Take another AS number.
    explanation: Both have {numbers.value}.
    nextSteps: [Take another one.]
    cites: [how-long-does-a-tyre-last]
  two-numbers:
    verdict: Use BGP.
    explanation: Camp {own-number|without a number} meets village {village-number|without a number}.
    nextSteps: [Go on.]
    goOn: [which-bicycle]
    asOf: 2018-11-01
    cites: [how-far-does-a-battery-go]
  whole-network:
    verdict: "Build the network {camp-range} for: {things|whatever comes}."
    explanation: It is large enough.
    checklist:
      cable: "Lay a cable through {camp-range}."
      gate: "Set the gate to {gate|its address}."
      test: Test it.
    goOn: [which-bicycle]
    cites: [how-long-does-a-tyre-last, how-far-does-a-battery-go]
`;

export const FULL_GUIDE_FILE = 'guides/camp-network.yaml';

/** The shared facts that the full guide names. */
export const FULL_FACTS_YAML = `tents:
  about: How many tents there are.
  type: number
  said: ["{value} tents"]
things:
  about: What is to be connected.
  several: true
  values:
    lamps: [lamps, lights]
    cameras: [cameras]
camp-range:
  about: The range of the camp.
  type: range
  said: ["range {value}"]
`;

/** The guide `camp-network`, parsed. */
export function fullGuide(): Guide {
  return guideIn(FULL_GUIDE_YAML, FULL_GUIDE_FILE);
}

/** The shared facts of tests, parsed. */
export function fullFacts(): Facts {
  const result = parseFacts(FULL_FACTS_YAML, 'facts.yaml');
  if (!result.ok) throw new Error(result.faults.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  return result.facts;
}
