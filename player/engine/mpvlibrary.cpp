#include "player/engine/mpvlibrary.h"

#include <QCoreApplication>
#include <QDir>
#include <QLibrary>
#include <string>

#include "player/engine/mpvplaces.h"

namespace marea::player {
namespace {

constexpr int kVersion = 2;  // of its interface

#if defined(Q_OS_WIN)
constexpr auto kSystem = LibrarySystem::Windows;
#elif defined(Q_OS_MACOS)
constexpr auto kSystem = LibrarySystem::MacOs;
#else
constexpr auto kSystem = LibrarySystem::Linux;
#endif

// Only programs that ask have one.
QString programFolder() {
    return kSystem == LibrarySystem::Linux ? QString() : QCoreApplication::applicationDirPath();
}

struct Loaded {
    Loaded() { load(); }
    void load() {
        std::string tried;
        for (const auto& place : mpvPlaces(kSystem, programFolder())) {
            QDir::isAbsolutePath(place) ? library.setFileName(place) : library.setFileNameAndVersion(place, kVersion);
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
