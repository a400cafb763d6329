import { readFileSync } from 'node:fs';
import path from 'node:path';
import { transformSync } from '@swc/core';

/** What a module of the web chat's page exports, run here instead of in a browser. It must not import other modules. */
export function loadPageModule<Exports>(name: string): Exports {
  const file = path.join(__dirname, '../../bot/web-chat/page', name);
  const { code } = transformSync(readFileSync(file, 'utf8'), {
    module: { type: 'commonjs' },
    jsc: { target: 'es2022' },
  });
  const module = { exports: {} };
  new Function('module', 'exports', code)(module, module.exports);
  return module.exports as Exports;
}
