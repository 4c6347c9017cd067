/** How this server was told to run: the only room that reads the environment. */
export { type Config, type ProviderConfig, readConfig } from './config';
