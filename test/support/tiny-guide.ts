import type { Guide } from '../../dialogs/guide';
import { parseGuide } from '../../dialogs/parse-guide';

/**
 * A guide about something else than VPN gateways, so that tests of the engine do not change with the content. Its branches meet
 * again in `motor`.
 */
export const TINY_GUIDE_YAML = `title: Which bicycle fits me?
description: Three questions to the right bicycle.
asOf: 2019-05-14
utterances:
  - which bike should I buy
  - help me choose a bicycle
  - what kind of bike do I need
start: ground
questions:
  ground:
    text: Where do you ride?
    why: Tyres and frame differ.
    choices:
      road:
        label: On roads
        synonyms: [asphalt, paved roads]
        because: You ride on roads.
        rulesOut:
          - what: A mountain bike
            because: Its tyres are slow on roads.
        next: distance
      trail:
        label: On forest trails
        synonyms: [forest, mud, mountain]
        because: You ride on trails.
        next: jumps
      both:
        label: On roads and on trails
        synonyms: [both]
        because: You ride everywhere.
        next: gravel-bike
    unknown:
      because: You have not said where you ride.
      tip: Then let us assume roads.
      next: distance
  distance:
    text: Is it more than 20 km a day?
    why: Long ways want a light frame.
    choices:
      yes:
        label: Yes, more than 20 km
        because: Your way is long.
        next: motor
      no:
        label: No, less
        because: Your way is short.
        rulesOut:
          - what: An electric bicycle
            because: It is too heavy for short ways.
        next: city-bike
    unknown:
      because: You do not know how far you ride.
      tip: A map will tell you.
      next: motor
  jumps:
    text: Do you jump?
    why: Jumps need suspension.
    choices:
      yes:
        label: Yes, I jump
        because: You jump.
        next: mountain-bike
      no:
        label: No, never
        because: Your wheels stay on the ground.
        next: motor
    unknown:
      because: You may want to jump one day.
      next: mountain-bike
  motor:
    text: Do you want a motor?
    why: A motor doubles the price.
    choices:
      yes:
        label: With a motor
        synonyms: [electric]
        because: You want a motor.
        next: electric-bike
      no:
        label: Without a motor
        synonyms: [muscle power]
        because: You want no motor.
        next: touring-bike
    unknown:
      because: You are not sure about a motor.
      next: touring-bike
outcomes:
  gravel-bike:
    verdict: Take a gravel bike
    explanation: It rolls everywhere.
    nextSteps: [Try one, Buy it]
    cites: [how-long-does-a-tyre-last]
  city-bike:
    verdict: Take a city bike
    explanation: It is simple.
    nextSteps: [Buy it]
    cites: [how-long-does-a-tyre-last]
  mountain-bike:
    verdict: Take a mountain bike
    explanation: It takes the blows.
    nextSteps: [Buy it]
    cites: [how-long-does-a-tyre-last]
  electric-bike:
    verdict: Take an electric bike
    explanation: It pulls you uphill.
    nextSteps: [Try one, Buy it]
    cites: [how-far-does-a-battery-go, how-long-does-a-tyre-last]
  touring-bike:
    verdict: Take a touring bike
    explanation: It is light and quick.
    nextSteps: [Buy it]
    cites: [how-long-does-a-tyre-last]
`;

export const TINY_GUIDE_FILE = 'guides/which-bicycle.yaml';

/** The guide `which-bicycle`, parsed. */
export function tinyGuide(): Guide {
  return guideIn(TINY_GUIDE_YAML, TINY_GUIDE_FILE);
}

/** The guide in a text without faults. */
export function guideIn(text: string, file: string): Guide {
  const result = parseGuide(text, file);
  if (!result.ok) throw new Error(result.faults.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  return result.guide;
}
