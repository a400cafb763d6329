import type { Condition, TableRow } from '../guide';

/** A condition as short as it can be written: `tunnels: up-to-10, unknown`, or `features: all of bgp, radius; none of ikev1`. */
export function conditionText({ question, any, all, only, none }: Condition): string {
  const parts = [
    ...(any === undefined ? [] : [any.join(', ')]),
    ...(all === undefined ? [] : [`all of ${all.join(', ')}`]),
    ...(only === undefined ? [] : [`only ${only.join(', ')}`]),
    ...(none === undefined ? [] : [`none of ${none.join(', ')}`]),
  ];
  return `${question}: ${parts.join('; ')}`;
}

/** The conditions of a row joined with `and`; `otherwise` for a row without any. */
export function rowText({ when }: Pick<TableRow, 'when'>): string {
  return when.length === 0 ? 'otherwise' : when.map(conditionText).join(' and ');
}
