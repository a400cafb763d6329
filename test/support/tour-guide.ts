import type { Content } from '../../bot/content';
import { type Facts, parseFacts } from '../../dialogs/facts';
import type { Guide } from '../../dialogs/guide';
import { buildOpenGuide } from '../../dialogs/opening';
import { parseGuide } from '../../dialogs/parse-guide';
import { tinyContent } from './tiny-content';
import { tinyGuide } from './tiny-guide';

/** What the guides about tours share. */
export const TOUR_FACTS_YAML = `bike:
  about: whose bicycle it is
  values:
    own: [my own bike, own bicycle]
    rented: [rented bike, rent a bike]
days:
  about: how many days the tour takes
  type: number
  said: ["{value} days"]
baggage:
  about: what is taken along
  several: true
  values:
    tent: [tent]
    stove: [stove, cooker]
    clothes: [clothes]
home-range:
  about: the addresses of the network at home
  type: range
  said: ["home network {value}"]
`;

/** A guide with several choices, numbers, a table, a checklist, hand-overs and facts. */
export const PLAN_A_TOUR_YAML = `title: How do I plan a tour?
description: Three questions to a packed bicycle.
asOf: 2019-05-14
utterances:
  - help me plan a tour
  - i want to plan a bicycle tour
  - what do i need for a tour
start: bike
questions:
  bike:
    text: Which bicycle do you take?
    why: A rented one brings its own bags.
    choices:
      own: {label: My own, synonyms: [mine], facts: {bike: own}, because: You take your own bicycle., next: days}
      rented: {label: A rented one, synonyms: [hired], facts: {bike: rented}, because: You rent a bicycle., next: days}
      none: {label: None yet, said: [no bike yet], because: You have no bicycle yet., next: "guide:which-bicycle"}
    unknown: {because: You have not chosen a bicycle., tip: Then let us assume your own., next: days}
  days:
    text: How many days will you ride?
    why: More days want more bags.
    fact: days
    choices:
      one: {label: One day, numbers: {from: 1, to: 1}, because: It is one day., next: baggage}
      week: {label: Up to a week, numbers: {from: 2, to: 7}, because: It is up to a week., next: baggage}
      long: {label: Longer, numbers: {from: 8}, because: It is more than a week., next: "guide:bike-tracker"}
    unknown: {because: You do not know how long it takes., next: baggage}
  baggage:
    text: What do you take along?
    why: Heavy things need a trailer.
    several: true
    choices:
      tent: {label: A tent, synonyms: [tent], facts: {baggage: tent}, because: You take a tent.}
      stove: {label: A stove, synonyms: [stove, cooker], facts: {baggage: stove}, because: You take a stove.}
      clothes: {label: Warm clothes, synonyms: [clothes], facts: {baggage: clothes}, because: You take clothes.}
      nothing: {label: Nothing of these, alone: true, because: You take nothing of these.}
    unknown: {because: You do not know what you take.}
    next: load
decisions:
  load:
    rows:
      - when: {baggage: {all: [tent, stove]}}
        because: Tent and stove are heavy.
        rulesOut: [{what: Panniers, because: They hold no tent and stove.}]
        next: trailer
      - when: {days: [one], baggage: [nothing, unknown]}
        next: pockets
    otherwise: panniers
outcomes:
  trailer:
    verdict: Take a trailer
    explanation: It carries it all.
    nextSteps: [Rent one]
    goOn: [bike-tracker]
    cites: [how-long-does-a-tyre-last]
  pockets:
    verdict: Your pockets will do
    explanation: A day is short.
    nextSteps: [Ride]
    cites: [how-long-does-a-tyre-last]
  panniers:
    verdict: Take panniers
    explanation: They hold {baggage|what you need}.
    checklist:
      pump: Pack a pump
      patches: Pack patches
      oil: Pack oil
      lamp: Pack a lamp
    goOn: [bike-tracker]
    cites: [how-do-i-oil-a-chain]
`;

/** A guide that asks for typed values and checks them; it begins with a shared fact. */
export const BIKE_TRACKER_YAML = `title: How do I reach my bike tracker?
description: A few questions to its address.
asOf: 2019-05-14
utterances:
  - how do i reach my bike tracker
  - connect the tracker of my bike
  - tracker of a bicycle
start: bike
questions:
  bike:
    text: Whose bicycle is it?
    why: A rented one has a tracker of its own.
    choices:
      own: {label: It is mine, facts: {bike: own}, because: It is your bicycle., next: home}
      rented: {label: It is rented, facts: {bike: rented}, because: It is rented., next: ask-the-shop}
    unknown: {because: You do not know whose it is., next: ask-the-shop}
  home:
    text: Which addresses has the network at home?
    why: The tracker must be reached from there.
    asks: range
    fact: home-range
    example: 192.168.1.0/24
    because: At home you use {value}.
    next: garages
    unknown: {because: You do not know your network., tip: The router tells it.}
  garages:
    text: Which addresses have the garages?
    why: The tracker sleeps there.
    asks: ranges
    example: 10.1.0.0/16
    because: The garages use {value}.
    next: apart
    unknown: {because: You do not know the garages.}
  tracker:
    text: Which address has the tracker?
    why: We must send it something.
    asks: address
    refuse: [apipa, public]
    example: 10.1.0.4
    because: The tracker has {value}.
    next: club
    unknown: {because: You do not know its address., next: ask-the-shop}
  club:
    text: Which AS number has the club?
    why: The club passes it on.
    asks: asn
    example: 65010
    because: The club is AS {value}.
    next: reached
    unknown: {because: You do not know the number of the club., next: ask-the-shop}
decisions:
  apart:
    check: overlap
    of: [home, garages]
    results:
      overlap:
        next: renumber
        because: "{apart.first} and {apart.second} overlap."
      apart: tracker
      unknown: tracker
outcomes:
  ask-the-shop:
    verdict: Ask the shop
    explanation: They know.
    nextSteps: [Call them]
    cites: [how-far-does-a-battery-go]
  renumber:
    verdict: Give {apart.second} other addresses
    explanation: Nothing can be in two places.
    nextSteps: [Do it]
    cites: [how-far-does-a-battery-go]
  reached:
    verdict: Send a message to {tracker}
    explanation: AS {club} passes it on.
    nextSteps: [Send it]
    cites: [how-far-does-a-battery-go]
`;

function parsed(text: string, file: string): Guide {
  const result = parseGuide(text, file);
  if (!result.ok) throw new Error(result.faults.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  return result.guide;
}

/** The guide `plan-a-tour`; `edit` changes its text first. */
export function planATour(edit: (text: string) => string = (text) => text): Guide {
  return parsed(edit(PLAN_A_TOUR_YAML), 'guides/plan-a-tour.yaml');
}

/** The guide `bike-tracker`. */
export function bikeTracker(): Guide {
  return parsed(BIKE_TRACKER_YAML, 'guides/bike-tracker.yaml');
}

/** The facts that these guides share. */
export function tourFacts(): Facts {
  const result = parseFacts(TOUR_FACTS_YAML, 'facts.yaml');
  if (!result.ok) throw new Error(result.faults.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  return result.facts;
}

/** The tiny content with these two guides beside the tiny one, or with `guides` instead. */
export function tourContent(guides: readonly Guide[] = [tinyGuide(), planATour(), bikeTracker()]): Content {
  return tinyContent({
    guides: new Map(guides.map((guide) => [guide.id, guide])),
    openGuide: buildOpenGuide(guides, tourFacts()),
  });
}
