import { styleText } from 'node:util';

/** Colours a text, or leaves it plain. */
export interface Style {
  readonly paint: (colour: 'red' | 'yellow' | 'green' | 'cyan' | 'dim' | 'bold', text: string) => string;
}

/** A style for a stream that shows colours, or for one that does not: the caller knows the stream. */
export function styleFor(hasColour: boolean): Style {
  return { paint: (colour, text) => (hasColour ? styleText(colour, text, { validateStream: false }) : text) };
}
