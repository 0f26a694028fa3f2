#include "player/choice/engines.h"

#ifdef MAREA_WITH_MPV
#include "player/engine/mpvengine.h"
#endif
#ifdef MAREA_WITH_QTMULTIMEDIA
#include "player/multimedia/qtengine.h"
#endif

namespace marea::player {
namespace {

using Made = core::Result<std::unique_ptr<PlayerEngine>>;

template <class Engine>
Made make(const EngineOptions& options) {
    auto engine = Engine::create(options);
    if (!engine)
        return core::unexpected<core::Error>(engine.error());
    return std::unique_ptr<PlayerEngine>(std::move(*engine));
}

struct Known {
    const char* name;
    Made (*make)(const EngineOptions&);
};

constexpr Known all[] = {
#ifdef MAREA_WITH_MPV
    {"mpv", &make<MpvEngine>},
#endif
#ifdef MAREA_WITH_QTMULTIMEDIA
    {"qt", &make<QtEngine>},
#endif
};

}  // namespace

QStringList engineNames() {
    QStringList names;
    for (const auto& known : all)
        names << QString::fromLatin1(known.name);
    return names;
}

Made makeEngine(const QString& name, const EngineOptions& options) {
    for (const auto& known : all)
        if (name.isEmpty() || name == QLatin1String(known.name))
            return known.make(options);
    return core::fail(core::ErrorCode::Invalid, QT_TRANSLATE_NOOP("Player", "The player can't be started"),
                      "there is no engine " + name.toStdString() +
                          "; there are: " + engineNames().join(QStringLiteral(", ")).toStdString());
}

}  // namespace marea::player
