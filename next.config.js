import { networkInterfaces } from 'node:os';

const addresses = Object.values(networkInterfaces())
  .flat()
  .filter((found) => found && !found.internal)
  .map((found) => found.address);

/** @type {import('next').NextConfig} */
export default {
  reactStrictMode: true,
  poweredByHeader: false,
  // Not the folder above, whatever lock file lies there.
  turbopack: { root: import.meta.dirname },
  // In development the class's other devices may load what this computer compiles.
  allowedDevOrigins: addresses,
  // A page's name comes with the page, to everybody: one that came later would leave a screen reader without it for a moment.
  htmlLimitedBots: /.*/,
  // Types are `npm run check`'s: a build need not look at every test again.
  typescript: { ignoreBuildErrors: true },
};
