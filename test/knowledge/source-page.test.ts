import { parseSourcePages } from '../../knowledge/source-page';

const parse = (text: string) => parseSourcePages(text, 'sources.yaml');
const faultsOf = (text: string) => parse(text).faults.map(({ line, message }) => `${line}: ${message}`);

describe('the pages of the sources', () => {
  test('are read with their files', () => {
    expect(parse('- title: Bikes\n  url: https://bikes.example/faq\n  files: [a.md, b.md]\n')).toEqual({
      pages: [{ title: 'Bikes', url: 'https://bikes.example/faq', files: ['a.md', 'b.md'] }],
      faults: [],
    });
  });

  test('are faulty where a file stands on two', () => {
    const page = '- title: Bikes\n  url: https://bikes.example/faq\n  files: [a.md]\n';
    expect(faultsOf(`${page}${page}`)).toEqual(['6: the file "a.md" stands on another page already']);
  });

  test.each([
    ['http://bikes.example', 'an https address is needed'],
    ['javascript:alert(1)', 'an https address is needed'],
    ['bikes', 'this is no address'],
  ])('have no address %j', (url, message) => {
    expect(faultsOf(`- title: Bikes\n  url: "${url}"\n  files: [a.md]\n`).join()).toContain(message);
  });

  test('are a list, whatever else stands there', () => {
    expect(faultsOf('title: Bikes')).toHaveLength(1);
  });
});
