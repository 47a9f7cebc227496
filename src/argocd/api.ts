/** The API of Argo CD's objects. */
export const apiVersion = 'argoproj.io/v1alpha1';

/** The finalizer with which removing an Application removes what it deployed. */
export const cascade = 'resources-finalizer.argocd.argoproj.io';
