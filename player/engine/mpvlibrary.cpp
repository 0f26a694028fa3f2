#include "player/engine/mpvlibrary.h"

#include <QLibrary>
#include <QObject>
#include <string>

namespace marea::player {
namespace {

constexpr int kVersion = 2;  // of its interface

// The names that builds of it have; on Windows the last one, where no version is added to a name.
constexpr const char* kNames[] = {"mpv", "libmpv", "libmpv-2"};

struct Loaded {
    Loaded() { load(); }
    void load() {
        std::string tried;
        for (const auto* name : kNames) {
            library.setFileNameAndVersion(QString::fromLatin1(name), kVersion);
            if (library.load())
                return resolveAll();
            tried += tried.empty() ? "" : "; ";
            tried += library.errorString().toStdString();
        }
        lacking = tried;
    }
    template <class Function>
    void resolve(Function& into, const char* name) {
        into = reinterpret_cast<Function>(library.resolve(name));
        if (!into)
            lacking = std::string("libmpv has no ") + name;
    }
    void resolveAll() {
        resolve(functions.create, "mpv_create");
        resolve(functions.initialize, "mpv_initialize");
        resolve(functions.terminateDestroy, "mpv_terminate_destroy");
        resolve(functions.errorString, "mpv_error_string");
        resolve(functions.setOptionString, "mpv_set_option_string");
        resolve(functions.setPropertyString, "mpv_set_property_string");
        resolve(functions.setPropertyAsync, "mpv_set_property_async");
        resolve(functions.getPropertyAsync, "mpv_get_property_async");
        resolve(functions.observeProperty, "mpv_observe_property");
        resolve(functions.commandAsync, "mpv_command_async");
        resolve(functions.commandNodeAsync, "mpv_command_node_async");
        resolve(functions.waitEvent, "mpv_wait_event");
        resolve(functions.setWakeupCallback, "mpv_set_wakeup_callback");
        resolve(functions.streamCbAddRo, "mpv_stream_cb_add_ro");
        resolve(functions.renderContextCreate, "mpv_render_context_create");
        resolve(functions.renderContextFree, "mpv_render_context_free");
        resolve(functions.renderContextRender, "mpv_render_context_render");
        resolve(functions.renderContextUpdate, "mpv_render_context_update");
        resolve(functions.renderContextSetUpdateCallback, "mpv_render_context_set_update_callback");
    }

    QLibrary library;
    MpvLibrary functions;
    std::string lacking;  // empty: all is there
};

// Stays until the process ends: libraries of media frameworks are not made to be unloaded.
const Loaded& loaded() {
    static const auto* const once = new Loaded;
    return *once;
}

}  // namespace

core::Result<void> MpvLibrary::load() {
    if (loaded().lacking.empty())
        return {};
    return core::fail(core::ErrorCode::NotFound, QT_TRANSLATE_NOOP("Player", "The player can't be started"),
                      loaded().lacking);
}

const MpvLibrary& libmpv() {
    return loaded().functions;
}

}  // namespace marea::player
