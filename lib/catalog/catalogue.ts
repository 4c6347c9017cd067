import { alpine } from './alpine';
import { busybox } from './busybox';
import { debian, ubuntu } from './debian';
import { helloWorld } from './hello-world';
import { nodeAlpine, nodeSlim, pythonAlpine, pythonSlim } from './languages';
import { buildImage, type CatalogueEntry, type Recipe } from './recipe';
import { httpd, nginx, nginxAlpine, postgres, redis } from './services';

function named(recipe: Recipe, description: string, ...references: readonly string[]): CatalogueEntry[] {
  return references.map((reference) => ({ reference, description, build: (content) => buildImage(content, recipe) }));
}

/** What may be pulled. The first name of an image is the one to show. */
// biome-ignore format: one image a line
export const catalogue: readonly CatalogueEntry[] = [
  ...named(busybox, 'One small file that is a whole set of Unix tools.', 'busybox:latest', 'busybox:1.37', 'busybox:1'),
  ...named(alpine, 'A small Linux on busybox, with the package manager apk.', 'alpine:latest', 'alpine:3.22', 'alpine:3'),
  ...named(debian, 'Debian 13 with GNU tools and apt.', 'debian:latest', 'debian:13', 'debian:trixie', 'debian:trixie-slim', 'debian:13-slim', 'debian:stable-slim'),
  ...named(ubuntu, 'Ubuntu 24.04 with GNU tools and apt.', 'ubuntu:latest', 'ubuntu:24.04', 'ubuntu:noble'),
  ...named(nginx, 'A web server, on Debian.', 'nginx:latest', 'nginx:1.29', 'nginx:1', 'nginx:stable', 'nginx:mainline'),
  ...named(nginxAlpine, 'A web server, on Alpine.', 'nginx:alpine', 'nginx:1.29-alpine', 'nginx:1-alpine', 'nginx:stable-alpine'),
  ...named(httpd, 'The Apache web server, on Debian.', 'httpd:latest', 'httpd:2.4', 'httpd:2'),
  ...named(pythonSlim, "Python's file server and pip, on Debian.", 'python:latest', 'python:slim', 'python:3', 'python:3-slim', 'python:3.14', 'python:3.14-slim'),
  ...named(pythonAlpine, "Python's file server and pip, on Alpine.", 'python:alpine', 'python:3-alpine', 'python:3.14-alpine'),
  ...named(nodeSlim, 'Small http programs in Node, and npm, on Debian.', 'node:latest', 'node:slim', 'node:24', 'node:24-slim', 'node:lts', 'node:lts-slim'),
  ...named(nodeAlpine, 'Small http programs in Node, and npm, on Alpine.', 'node:alpine', 'node:24-alpine', 'node:lts-alpine'),
  ...named(redis, 'A store of keys and values in memory, on Debian.', 'redis:latest', 'redis:8', 'redis:8.2'),
  ...named(postgres, 'A small SQL database, on Debian.', 'postgres:latest', 'postgres:17'),
  ...named(helloWorld, 'Says hello, and what has just happened.', 'hello-world:latest'),
];
