import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'dotenv';
import { CORE_SCHEMA, load } from 'js-yaml';
import { PROJECT_ROOT } from '../../../bot/config';
import { SETTINGS } from '../../../bot/settings';
import { checkHaproxyConfig, hasHaproxy } from '../../support/haproxy';

/*
 * The deployment files name settings, ports, paths and times of each other and of the code: what they name must be there.
 */

/** Names that are Node's and not ours. */
const OTHER_NAMES = ['NODE_ENV'];

interface Service {
  readonly image?: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: readonly string[];
  readonly networks: readonly string[];
  readonly ports?: readonly string[];
  readonly command?: readonly string[];
  readonly volumes?: readonly string[];
  readonly read_only: boolean;
  readonly cap_drop: readonly string[];
  readonly security_opt: readonly string[];
  readonly restart: string;
  readonly stop_grace_period: string;
  readonly deploy: { readonly resources: { readonly limits: Readonly<Record<string, string>> } };
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
}

const read = (name: string): string => readFileSync(path.join(PROJECT_ROOT, 'bot/deploy', name), 'utf8');
const dockerfile = read('Dockerfile');
const ignored = read('Dockerfile.dockerignore');
const haproxy = read('haproxy.cfg');
const unit = read('support-bot.service');
const bicep = read('azure/main.bicep');
const readme = read('README.md');
const compose = load(read('docker-compose.yaml'), { schema: CORE_SCHEMA }) as Compose;
const bots = Object.entries(compose.services).filter(([name]) => name.startsWith('bot-'));
const bot = bots[0]![1];

const settingOf = (name: string): string => SETTINGS.find((setting) => setting.name === name)!.default;
const matches = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1]!);
const number = (text: string, pattern: RegExp): number => Number(pattern.exec(text)?.[1]);

const unitSettings = (): string[] => matches(unit, /^Environment=(\w+)=/gm);
const dockerSettings = (): string[] => matches(dockerfile, /^(?:ENV| {3}) (\w+)=/gm);
const bicepSettings = (): string[] => matches(bicep, /name: '([A-Z]\w+|Microsoft\w+)', (?:value|secretRef):/g);

describe('settings', () => {
  const known = new Set([...SETTINGS.map(({ name }) => name), ...OTHER_NAMES]);
  const isKnown = (name: string): boolean => known.has(name) || known.has(name.replace(/_FILE$/, ''));

  test.each([
    ['Dockerfile', dockerSettings],
    ['docker-compose.yaml', () => Object.keys(bot.environment!)],
    ['support-bot.service', unitSettings],
    ['azure/main.bicep', bicepSettings],
    ['README.md', () => Object.keys(parse(matches(readme, /^```ini\n([\s\S]*?)^```$/gm).join('\n')))],
  ])('that %s names are settings of the bot', (_file, names) => {
    expect(names().length).toBeGreaterThan(2);
    expect(names().filter((name) => !isKnown(name))).toEqual([]);
  });
});

describe('ports', () => {
  const port = settingOf('PORT');

  test('the bot listens where it is looked for', () => {
    expect(matches(dockerfile, /^EXPOSE (\d+)$/gm)).toEqual([port]);
    expect(dockerfile).toContain(`process.env.PORT || ${port}`);
    expect(new Set(matches(haproxy, /^ {4}server \S+ bot-\d:(\d+)/gm))).toEqual(new Set([port]));
    expect(bicep).toContain(`var port = ${port}\n`);
    expect([bot.environment!.PORT, parse(unit).PORT]).toEqual([undefined, undefined]);
  });

  test('the balancer listens where Docker sends people, and nothing else can be reached from outside', () => {
    const bound = matches(haproxy, /^ {4}bind :(\d+)/gm);
    const { ports } = compose.services.balancer!;
    expect(ports!.map((one) => one.split(':').at(-1))).toEqual(bound);
    const published = Object.entries(compose.services).filter(([, service]) => service.ports !== undefined);
    expect(published.map(([name]) => name)).toEqual(['balancer']);
  });
});

describe('the image', () => {
  test('copies what there is, and what the build context lets in', () => {
    const allowed = matches(ignored, /^!(.+)$/gm);
    const copied = matches(dockerfile, /^COPY (?!--from|\. \.)(.+) \S+$/gm).flatMap((files) => files.split(' '));
    const taken = matches(dockerfile, /^COPY --from=build (.+) \S+$/gm).flatMap((files) => files.split(' '));
    for (const file of [...copied, ...taken.map((file) => file.replace('/app/', ''))]) {
      if (['node_modules', 'dist'].includes(file)) continue;
      expect(existsSync(path.join(PROJECT_ROOT, file))).toBe(true);
      expect(allowed).toContain(file);
    }
    expect(ignored).not.toMatch(/^!(\.env|data|dist|node_modules)/m);
  });

  test('is run as npm start runs the bot, by a user who is not root, on a Node that the project allows', () => {
    const { scripts, engines } = JSON.parse(readFileSync(path.join(PROJECT_ROOT, 'package.json'), 'utf8'));
    const command = /^CMD (\[.*\])$/m.exec(dockerfile)![1]!;
    expect(JSON.parse(command).join(' ')).toBe(scripts.start);
    expect(unit).toContain(`ExecStart=/usr/bin/${scripts.start}\n`);
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile).toMatch(/^STOPSIGNAL SIGTERM$/m);
    expect(number(dockerfile, /^ARG NODE_VERSION=(\d+)\.\d+\.\d+$/m)).toBeGreaterThanOrEqual(
      number(engines.node, /(\d+)/),
    );
  });

  test('keeps its data in the volume', () => {
    expect(dockerfile).toMatch(/^VOLUME \/data$/m);
    expect(dockerfile).toMatch(/STORAGE=lmdb:\/data /);
    expect(dockerfile).toMatch(/FEEDBACK_FILE=\/data\//);
  });
});

describe('the compose file', () => {
  test('runs three bots that are alike, and the balancer knows each of them', () => {
    expect(bots).toHaveLength(3);
    for (const [, service] of bots) expect(service).toEqual(bot);
    for (const backend of ['bots', 'streams', 'up']) {
      const [, servers] = new RegExp(`^backend ${backend}$([\\s\\S]*?)(?=^\\S|$(?![\\s\\S]))`, 'm').exec(haproxy)!;
      expect(matches(servers!, /^ {4}server bot-\d (bot-\d):/gm)).toEqual(bots.map(([name]) => name));
    }
    expect(path.join('bot/deploy', bot.build!.context, bot.build!.dockerfile)).toBe('bot/deploy/Dockerfile');
  });

  test('gives no container more than it needs', () => {
    for (const service of Object.values(compose.services)) {
      expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], restart: 'unless-stopped' });
      expect(service.security_opt).toContain('no-new-privileges:true');
      expect(Object.keys(service.deploy.resources.limits).sort()).toEqual(['cpus', 'memory']);
    }
  });

  test('hands secrets over as files only', () => {
    for (const service of Object.values(compose.services)) {
      for (const name of service.secrets ?? []) expect(compose.secrets).toHaveProperty([name]);
    }
    const files = Object.entries(bot.environment!).filter(
      ([name]) => name.endsWith('_FILE') && name !== 'FEEDBACK_FILE',
    );
    expect(files.map(([, file]) => file)).toEqual(bot.secrets!.map((name) => `/run/secrets/${name}`));
    for (const [name, file] of files) expect(path.basename(file)).toBe(name.replace(/_FILE$/, ''));
    for (const name of Object.keys(bot.environment!)) expect(name).not.toMatch(/(SECRET|TOKEN|Password)$/);
    expect(read('.gitignore')).toContain('secrets/');
  });

  test('keeps Redis out of reach, on disk, and unwilling to forget', () => {
    const redis = compose.services.redis!;
    expect(redis.networks).toEqual(['store']);
    expect(compose.networks.store).toEqual({ internal: true });
    const options = redis.command!.join(' ');
    expect(options).toContain('--appendonly yes');
    expect(options).toContain('--maxmemory-policy noeviction');
    expect(redis.volumes).toEqual(['redis:/data']);
    expect(bot.environment!.STORAGE).toBe('redis://redis:6379');
  });
});

describe('a stop', () => {
  const timeoutMs = Number(settingOf('STOP_TIMEOUT_MS'));
  const delayMs = Number(bot.environment!.STOP_DRAIN_MS);

  test('has the time that the bot may take', () => {
    const graces = [
      number(bot.stop_grace_period, /^(\d+)s$/),
      number(unit, /^TimeoutStopSec=(\d+)$/m),
      number(bicep, /terminationGracePeriodSeconds: (\d+)/),
    ];
    for (const seconds of graces) expect(seconds * 1_000).toBeGreaterThan(delayMs + timeoutMs + 5_000);
  });

  test('goes on answering for longer than the balancer needs to notice', () => {
    const [, interS, fastMs, fall] = /inter (\d+)s fastinter (\d+)ms .* fall (\d+)/.exec(haproxy)!;
    expect(delayMs).toBeGreaterThan(Number(interS) * 1_000 + Number(fastMs) * (Number(fall) - 1) + 1_000);
    expect(number(bicep, /name: 'STOP_DRAIN_MS', value: '(\d+)'/)).toBe(delayMs);
  });
});

describe('the balancer', () => {
  test('neither sticks to one bot nor sends a request twice', () => {
    expect(haproxy).not.toMatch(/^\s*(cookie|stick|appsession|balance source)/m);
    expect(matches(haproxy, /^\s*retry-on (.+)$/gm)).toEqual(['conn-failure']);
    expect(haproxy).toMatch(/^ {4}option http-server-close$/m);
    expect(bot.environment!.TRUSTED_PROXIES).toBe('1');
  });

  (hasHaproxy ? test : test.skip)('takes its file', () => {
    const { ok, said } = checkHaproxyConfig(haproxy.replace(/ ssl crt \S+ alpn \S+/, ''));
    expect(
      said.split('\n').filter((line) => /\[(ALERT|WARNING)\]/.test(line) && !/could not resolve/.test(line)),
    ).toEqual([]);
    expect(ok).toBe(true);
  });
});

test('the parameters of the Azure example are those of the template, and the template uses all of its own', () => {
  const declared = matches(bicep, /^param (\w+) /gm);
  const required = matches(bicep, /^param (\w+) \w+$/gm);
  const given = matches(read('azure/main.bicepparam'), /^param (\w+) =/gm);
  expect(given.filter((name) => !declared.includes(name))).toEqual([]);
  expect(required.filter((name) => !given.includes(name))).toEqual([]);
  for (const name of [...declared, ...matches(bicep, /^(?:var|resource) (\w+) /gm)]) {
    const uses = bicep.match(new RegExp(`(?<![\\w'@])${name}(?![\\w'])`, 'g'))!;
    if (uses.length < 2 && !['app', 'webChat'].includes(name)) throw new Error(`${name} is not used`);
  }
});

test('the README names files that are there', () => {
  const files = matches(readme, /\]\((?!https?:|#)([^)]+)\)/g);
  expect(files.length).toBeGreaterThan(5);
  // Comes with the metrics.
  const toCome = ['grafana-dashboard.json'];
  const missing = files.filter((file) => !existsSync(path.join(PROJECT_ROOT, 'bot/deploy', file.split('#')[0]!)));
  expect(missing.filter((file) => !toCome.includes(file))).toEqual([]);
});
