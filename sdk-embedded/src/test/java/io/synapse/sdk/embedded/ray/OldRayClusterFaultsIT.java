package io.synapse.sdk.embedded.ray;

/** The same on an old release, which puts its failures into the text of a log. */
class OldRayClusterFaultsIT extends RayClusterFaultsIT {
    @Override
    RayRelease release() {
        return RayRelease.OLD;
    }
}
