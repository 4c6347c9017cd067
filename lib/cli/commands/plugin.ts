import { printTable } from '../format/table';
import { type Command, out } from '../invocation';

const table = {
  headings: {
    ID: 'ID',
    Name: 'NAME',
    Description: 'DESCRIPTION',
    Enabled: 'ENABLED',
    PluginReference: 'PLUGIN REFERENCE',
  },
  columns: ['ID', 'Name', 'Description', 'Enabled'],
  type: '*plugin.pluginContext',
};

/** `docker plugin ls`: there are none, and none can be installed. */
export const pluginList: Command = async (call) => {
  await out(call, call.flags.on('quiet') ? '' : printTable(table, call.flags.text('format'), []));
  return 0;
};
