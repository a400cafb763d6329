import { AppManifestUtils, type TeamsManifestLatest } from '@microsoft/app-manifest';

/**
 * Every fault of a manifest by Microsoft’s own schema, as a line that starts with the place; none for a good one. Works offline: the
 * schemas lie in the package.
 */
export async function validateManifest(manifest: TeamsManifestLatest): Promise<readonly string[]> {
  const faults = await AppManifestUtils.validateAgainstSchema(manifest);
  return faults.map((fault) => `manifest.json${fault.replace(/\. Details: .*$/s, '')}`);
}
