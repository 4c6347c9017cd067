/** Images of languages: python and node, on Debian or Alpine. */
import { alpineBase } from './alpine';
import { debianBase } from './debian';
import { type Recipe, usualPath } from './recipe';
import { layer, type RecipeLayer, type Rootfs } from './rootfs';

export const pythonVersion = '3.14.0';
export const nodeVersion = '24.11.1';

function pythonFiles(rootfs: Rootfs): void {
  rootfs
    .program('/usr/local/bin/python3.14', 'python')
    .symlink('/usr/local/bin/python3', 'python3.14')
    .symlink('/usr/local/bin/python', 'python3');
  rootfs
    .program('/usr/local/bin/pip3', 'pip')
    .symlink('/usr/local/bin/pip', 'pip3')
    .directory('/usr/local/lib/python3.14/site-packages');
}

function python(base: RecipeLayer): Recipe {
  return {
    steps: [
      base,
      `ENV PYTHON_VERSION=${pythonVersion}`,
      layer('RUN /bin/sh -c install python ${PYTHON_VERSION} # buildkit', pythonFiles),
      'CMD ["python3"]',
    ],
    settings: {
      Env: [
        'PATH=/usr/local/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
        `PYTHON_VERSION=${pythonVersion}`,
      ],
      Cmd: ['python3'],
    },
  };
}

const nodeEntrypoint = `#!/bin/sh
set -e

# An option, or a file that no command is called, is meant for node.
if [ "\${1#-}" != "\${1}" ] || [ -z "$(command -v "\${1}")" ] || { [ -f "\${1}" ] && ! [ -x "\${1}" ]; }; then
    set -- node "$@"
fi

exec "$@"
`;

function node(base: RecipeLayer): Recipe {
  return {
    steps: [
      base,
      `ENV NODE_VERSION=${nodeVersion}`,
      layer('RUN /bin/sh -c install node ${NODE_VERSION} # buildkit', (rootfs) => {
        rootfs.program('/usr/local/bin/node', 'node').symlink('/usr/local/bin/nodejs', 'node');
        for (const name of ['npm', 'npx']) rootfs.program(`/usr/local/bin/${name}`, name);
        rootfs.directories('/usr/local/lib/node_modules', '/home/node');
      }),
      layer(
        'COPY docker-entrypoint.sh /usr/local/bin/ # buildkit',
        (rootfs) => void rootfs.file('/usr/local/bin/docker-entrypoint.sh', nodeEntrypoint, 0o755),
      ),
      'ENTRYPOINT ["docker-entrypoint.sh"]',
      'CMD ["node"]',
    ],
    settings: {
      Env: [usualPath, `NODE_VERSION=${nodeVersion}`, 'YARN_VERSION=1.22.22'],
      Entrypoint: ['docker-entrypoint.sh'],
      Cmd: ['node'],
    },
  };
}

export const pythonSlim = python(debianBase);
export const pythonAlpine = python(alpineBase);
export const nodeSlim = node(debianBase);
export const nodeAlpine = node(alpineBase);
