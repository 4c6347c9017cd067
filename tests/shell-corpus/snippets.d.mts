export declare const environment: { readonly PATH: string; readonly HOME: string; readonly HOSTNAME: string };
export declare const directory: string;
export declare function snippets(
  dialect: 'busybox' | 'gnu' | 'dash',
): { readonly theme: string; readonly text: string }[];
