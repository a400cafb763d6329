import * as fc from 'fast-check';

/** Fails where the property does not hold for some value, and shows the smallest such value. */
export function holds<T>(property: fc.IProperty<T>, parameters: fc.Parameters<T> = {}): void {
  // biome-ignore lint/nursery/noFloatingPromises: for a synchronous property this returns nothing
  fc.assert(property, parameters);
}
