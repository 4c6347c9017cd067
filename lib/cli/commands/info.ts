import { goJson } from '../../image';
import { type Command, type Invocation, out } from '../invocation';
import { bytesSize } from '../size';
import { compileTemplate, TemplateError } from '../template';
import { CommandError } from '../usage-error';

/** `docker info`: the engine and its computer. */
export const info: Command = async (call) => {
  const facts = call.engine.info();
  const { version } = call.engine.version();
  const format = call.flags.text('format');
  const fields = {
    ID: facts.id,
    Containers: facts.containers,
    ContainersRunning: facts.running,
    ContainersPaused: facts.paused,
    ContainersStopped: facts.stopped,
    Images: facts.images,
    Driver: 'overlay2',
    MemoryLimit: true,
    SwapLimit: true,
    LoggingDriver: 'json-file',
    CgroupDriver: 'cgroupfs',
    CgroupVersion: '2',
    NEventsListener: 0,
    KernelVersion: facts.kernel,
    OperatingSystem: 'Dockerland (a simulator: programs are simulated)',
    OSVersion: '1',
    OSType: 'linux',
    Architecture: 'x86_64',
    NCPU: facts.cpus,
    MemTotal: facts.memory,
    DockerRootDir: '/var/lib/docker',
    HttpProxy: '',
    HttpsProxy: '',
    NoProxy: '',
    Name: facts.hostname,
    Labels: [],
    ExperimentalBuild: false,
    ServerVersion: version,
    DefaultRuntime: 'runc',
    Swarm: { LocalNodeState: 'inactive' },
    LiveRestoreEnabled: false,
    Isolation: '',
    InitBinary: 'docker-init',
    SecurityOptions: ['name=seccomp,profile=builtin'],
    Warnings: null,
  };
  if (format) {
    if (format === 'json') await out(call, `${goJson(fields)}\n`);
    else await printRendered(call, format, fields);
    return 0;
  }
  await out(call, page(fields, version, facts.memory));
  return 0;
};

async function printRendered(call: Invocation, format: string, fields: unknown): Promise<void> {
  const render = compiled(format);
  try {
    await out(call, `${render(fields)}\n`);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    await out(call, '\n');
    throw new CommandError(error.message);
  }
}

function compiled(format: string) {
  try {
    return compileTemplate(format, { type: 'system.dockerInfo' });
  } catch (error) {
    if (error instanceof TemplateError) throw new CommandError(`template parsing error: ${error.message}`, 64);
    throw error;
  }
}

function page(fields: Readonly<Record<string, unknown>>, version: string, memory: number): string {
  return `Client:
 Version:    ${version}
 Context:    default
 Debug Mode: false
 Plugins:
  buildx: Docker Buildx (Docker Inc.)
    Version:  0.29.1
    Path:     /usr/libexec/docker/cli-plugins/docker-buildx

Server:
 Containers: ${fields.Containers}
  Running: ${fields.ContainersRunning}
  Paused: ${fields.ContainersPaused}
  Stopped: ${fields.ContainersStopped}
 Images: ${fields.Images}
 Server Version: ${version}
 Storage Driver: overlay2
  Backing Filesystem: extfs
  Supports d_type: true
  Using metacopy: false
  Native Overlay Diff: true
  userxattr: false
 Logging Driver: json-file
 Cgroup Driver: cgroupfs
 Cgroup Version: 2
 Plugins:
  Volume: local
  Network: bridge host null
  Log: json-file
 Swarm: inactive
 Runtimes: runc
 Default Runtime: runc
 Init Binary: docker-init
 containerd version: simulated
 runc version: simulated
 init version: simulated
 Security Options:
  seccomp
   Profile: builtin
 Kernel Version: ${fields.KernelVersion}
 Operating System: ${fields.OperatingSystem}
 OSType: linux
 Architecture: x86_64
 CPUs: ${fields.NCPU}
 Total Memory: ${bytesSize(memory)}
 Name: ${fields.Name}
 ID: ${fields.ID}
 Docker Root Dir: /var/lib/docker
 Debug Mode: false
 Experimental: false
 Insecure Registries:
  ::1/128
  127.0.0.0/8
 Live Restore Enabled: false

`;
}
