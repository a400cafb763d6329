import type { TeamsManifestLatest } from '@microsoft/app-manifest';
import type { TeamsAppConfig } from '../../../teams-app-config';
import { SEARCH_COMMAND, SEARCH_PARAMETER } from '../search-command';
import { manifestTexts, type OfferedText } from './manifest-texts';
import { teamsAppIdOf } from './teams-app-id';

/** The newest schema that the validator knows. */
const MANIFEST_VERSION = '1.30';
const SCHEMA = `https://developer.microsoft.com/json-schemas/teams/v${MANIFEST_VERSION}/MicrosoftTeams.schema.json`;

/** The blue of the icons. */
const ACCENT_COLOR = '#0B5CAD';

/** The names of the icons in the package. */
export const ICONS = { color: 'color.png', outline: 'outline.png' } as const;

/** What Teams is told of the app. `version` is three numbers with dots: Teams takes no other, though semver and the schema do. */
export function buildManifest({ botId, appId, publicUrl, developer }: TeamsAppConfig, version: string) {
  const { search } = manifestTexts;
  return {
    $schema: SCHEMA,
    manifestVersion: MANIFEST_VERSION,
    version,
    id: appId ?? teamsAppIdOf(botId),
    localizationInfo: { defaultLanguageTag: 'en' },
    developer: {
      name: developer.name,
      websiteUrl: developer.websiteUrl,
      privacyUrl: developer.privacyUrl,
      termsOfUseUrl: developer.termsUrl,
    },
    name: { short: manifestTexts.nameShort, full: manifestTexts.nameFull },
    description: { short: manifestTexts.descriptionShort, full: manifestTexts.descriptionFull },
    icons: ICONS,
    accentColor: ACCENT_COLOR,
    bots: [
      {
        botId,
        scopes: ['personal', 'team', 'groupChat'],
        isNotificationOnly: false,
        supportsFiles: false,
        commandLists: [
          { scopes: ['personal'], commands: manifestTexts.offeredAlone.map(commandOf) },
          { scopes: ['team', 'groupChat'], commands: manifestTexts.offeredInGroups.map(commandOf) },
        ],
      },
    ],
    composeExtensions: [
      {
        botId,
        commands: [
          {
            id: SEARCH_COMMAND,
            type: 'query',
            context: ['compose', 'commandBox', 'message'],
            title: search.title,
            description: search.description,
            initialRun: true,
            parameters: [
              {
                name: SEARCH_PARAMETER,
                title: search.parameterTitle,
                description: search.parameterDescription,
                inputType: 'text',
              },
            ],
          },
        ],
      },
    ],
    defaultInstallScope: 'personal',
    defaultGroupCapability: { team: 'bot', groupchat: 'bot' },
    validDomains: [new URL(publicUrl).host],
  } satisfies TeamsManifestLatest;
}

// Older clients know no prompts and send the title, so both are the same text.
function commandOf({ kind, text, description }: OfferedText) {
  return kind === 'question'
    ? { title: text, description, type: 'prompt' as const, prompt: text }
    : { title: text, description };
}
