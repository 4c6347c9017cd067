import { describe, expect, it } from 'vitest';
import { MemoryContent } from '../content';
import { mountFileSystem } from '../fs';
import type { DiffId } from '../layer';
import { Layers, LowerTree, provenance, type Sheet, Union } from '.';
import { layerOf, over, stack } from './fixtures';

const text = (content: Uint8Array) => new TextDecoder().decode(content);
const now = () => 1_800_000_000_000_000_000n;

describe('a stack of layers', () => {
  it('shares everything that the top layer leaves alone', () => {
    const files = Object.fromEntries(Array.from({ length: 2000 }, (_, at) => [`d${at % 20}/f${at}`, 'x']));
    const base = stack(files);
    const top = new LowerTree(base, layerOf({ 'd3/new': 'y' }));
    expect(top.at('/d4')).toBe(base.at('/d4'));
    expect(top.at('/d3/f3')).toBe(base.at('/d3/f3'));
    expect(top.at('/d3')!.ino).toBe(base.at('/d3')!.ino);
    expect(base.at('/d3/new')).toBeUndefined();
  });

  it('shares files’ bytes with the layer’s tar', () => {
    const tar = layerOf({ f: 'the bytes' });
    const tree = new LowerTree(undefined, tar);
    expect(tree.content(tree.lookup(1, 'f')!).buffer).toBe(tar.buffer);
  });

  it('gives the same inode numbers wherever it is built', () => {
    const layers = [layerOf({ 'a/b/c': '1', x: '2' }), layerOf({ 'a/d': '3', '.wh.x': '' }), layerOf({ x: '4' })];
    const numbers = () => {
      const tree = layers.reduce<LowerTree | undefined>((below, tar) => new LowerTree(below, tar), undefined)!;
      return ['/a', '/a/b', '/a/b/c', '/a/d', '/x'].map((path) => tree.at(path)!.ino);
    };
    expect(numbers()).toEqual(numbers());
    expect(new Set(numbers()).size).toBe(5);
  });

  it('may be 200 layers deep', () => {
    const store = new MemoryContent();
    const ids = Array.from(
      { length: 200 },
      (_, at) => store.put(layerOf({ [`l${at}/f`]: `${at}`, top: `${at}` })) as DiffId,
    );
    const layers = new Layers(store);
    const fs = mountFileSystem(new Union({ lower: layers.lower(ids), now }));
    expect([text(fs.readFile('/l0/f')), text(fs.readFile('/l199/f')), text(fs.readFile('/top'))]).toEqual([
      '0',
      '199',
      '199',
    ]);
    expect(layers.lower(ids)).toBe(layers.lower(ids));
    expect(layers.lower(ids)!.parent).toBe(layers.lower(ids.slice(0, -1)));
  });

  it('names the layer that the store lacks', () => {
    expect(() => new Layers(new MemoryContent()).lower([`sha256:${'a'.repeat(64)}` as DiffId])).toThrow(/sha256:aaa/);
  });

  it('puts a folder in the place of a file, and a file in that of a folder', () => {
    const { fs } = over(stack({ a: 'file', 'b/': '', 'b/x': '1' }, { 'a/': '', 'a/in': '2', b: 'file now' }));
    expect(fs.stat('/a').kind).toBe('directory');
    expect([text(fs.readFile('/a/in')), text(fs.readFile('/b'))]).toEqual(['2', 'file now']);
  });

  it('keeps a folder that a layer only implies as it was below', () => {
    const lower = stack({ 'a/': '' }, { 'a/x/y': '1' });
    expect(lower.at('/a')!.layer).toBe(0);
    expect(lower.at('/a/x')).toMatchObject({ layer: 1, mode: 0o755, uid: 0 });
  });
});

describe('provenance', () => {
  const lower = stack(
    { f: 'one', 'd/': '', 'd/x': '1', gone: 'x' },
    { f: 'longer', '.wh.gone': '' },
    { other: '', 'd/': '' },
  );
  const of = (path: string, sheet?: Sheet) => provenance(lower, sheet, path);

  it('names the layer that is seen, and those under it', () => {
    expect(of('/f')).toEqual({
      seen: { layer: 1, kind: 'file', size: 6 },
      shadowed: [{ layer: 0, kind: 'file', size: 3 }],
    });
    expect(of('/d')).toEqual({
      seen: { layer: 2, kind: 'directory', size: 0 },
      shadowed: [{ layer: 0, kind: 'directory', size: 0 }],
    });
    expect(of('/d/x')).toEqual({ seen: { layer: 0, kind: 'file', size: 1 }, shadowed: [] });
    expect(of('/never')).toEqual({ seen: undefined, shadowed: [] });
  });

  it('names the whiteout that hides', () => {
    expect(of('/gone')).toEqual({
      seen: { layer: 1, kind: 'whiteout', size: 0 },
      shadowed: [{ layer: 0, kind: 'file', size: 1 }],
    });
  });

  it('begins with the sheet', () => {
    const { union, fs } = over(lower);
    fs.writeFile('/f', new Uint8Array(9));
    fs.unlink('/d/x');
    fs.rmdir('/d');
    fs.mkdir('/d');
    fs.writeFile('/d/new', new Uint8Array(1));
    expect(of('/f', union.sheet).seen).toEqual({ layer: 'sheet', kind: 'file', size: 9 });
    expect(of('/f', union.sheet).shadowed).toHaveLength(2);
    expect(of('/d/x', union.sheet).seen).toEqual({ layer: 'sheet', kind: 'whiteout', size: 0 });
    expect(of('/d/new', union.sheet)).toEqual({ seen: { layer: 'sheet', kind: 'file', size: 1 }, shadowed: [] });
    expect(of('/d/never', union.sheet).seen).toBeUndefined();
    expect(of('/gone', union.sheet).seen).toMatchObject({ layer: 1, kind: 'whiteout' });
  });
});
