#pragma once

#include <mpv/client.h>
#include <mpv/render.h>
#include <mpv/stream_cb.h>

#include "core/base/result.h"

namespace marea::player {

// libmpv's functions, found when they are first wanted: with it some 160 libraries come, which a program that has its
// first page to show need not wait for. Each is as in mpv's headers, by its name without "mpv_".
struct MpvLibrary {
    decltype(&mpv_create) create = nullptr;
    decltype(&mpv_initialize) initialize = nullptr;
    decltype(&mpv_terminate_destroy) terminateDestroy = nullptr;
    decltype(&mpv_error_string) errorString = nullptr;
    decltype(&mpv_set_option_string) setOptionString = nullptr;
    decltype(&mpv_set_property_string) setPropertyString = nullptr;
    decltype(&mpv_set_property_async) setPropertyAsync = nullptr;
    decltype(&mpv_get_property_async) getPropertyAsync = nullptr;
    decltype(&mpv_observe_property) observeProperty = nullptr;
    decltype(&mpv_command_async) commandAsync = nullptr;
    decltype(&mpv_command_node_async) commandNodeAsync = nullptr;
    decltype(&mpv_wait_event) waitEvent = nullptr;
    decltype(&mpv_set_wakeup_callback) setWakeupCallback = nullptr;
    decltype(&mpv_stream_cb_add_ro) streamCbAddRo = nullptr;
    decltype(&mpv_render_context_create) renderContextCreate = nullptr;
    decltype(&mpv_render_context_free) renderContextFree = nullptr;
    decltype(&mpv_render_context_render) renderContextRender = nullptr;
    decltype(&mpv_render_context_update) renderContextUpdate = nullptr;
    decltype(&mpv_render_context_set_update_callback) renderContextSetUpdateCallback = nullptr;

    // Loads it, once; the first call takes a tenth of a second. Any thread. An error where there is none here.
    static core::Result<void> load();
};

// After a load() that did well. Any thread.
const MpvLibrary& libmpv();

}  // namespace marea::player
