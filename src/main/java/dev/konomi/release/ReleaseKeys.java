package dev.konomi.release;

/// Where a tenant's releases lie in the object store.
final class ReleaseKeys {
    private ReleaseKeys() {}

    static String pointer(String tenant) {
        return "tenants/" + ObjectKeys.requireSegment("tenant", tenant) + "/current";
    }

    static String releases(String tenant) {
        return "tenants/" + ObjectKeys.requireSegment("tenant", tenant) + "/releases/";
    }

    static String pins(String tenant) {
        return "tenants/" + ObjectKeys.requireSegment("tenant", tenant) + "/pins/";
    }

    static String pin(String tenant, String digest) {
        return pins(tenant) + Sha256.require(digest);
    }

    static String trainings(String tenant) {
        return "tenants/" + ObjectKeys.requireSegment("tenant", tenant) + "/trainings/";
    }

    static String folder(String tenant, String digest) {
        return releases(tenant) + Sha256.require(digest) + "/";
    }

    static String file(String tenant, String digest, String file) {
        return folder(tenant, digest) + ObjectKeys.requireSegment("file name", file);
    }
}
