#include "player/choice/engines.h"

#include <QPromise>
#include <QThreadPool>
#include <utility>

#include "core/base/deliver.h"

#ifdef MAREA_WITH_MPV
#include "player/engine/mpvengine.h"
#include "player/engine/mpvlibrary.h"
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

[[maybe_unused]] void loadNothing() {}

struct Known {
    const char* name;
    Made (*make)(const EngineOptions&);
    EngineAbilities (*can)();
    void (*load)();  // what it needs, ahead; any thread
};

#ifdef MAREA_WITH_MPV
void loadMpv() {
    (void)MpvLibrary::load();  // told where an engine is made
}
#endif

constexpr Known all[] = {
#ifdef MAREA_WITH_MPV
    {"mpv", &make<MpvEngine>, &MpvEngine::can, &loadMpv},
#endif
#ifdef MAREA_WITH_QTMULTIMEDIA
    {"qt", &make<QtEngine>, &QtEngine::can, &loadNothing},
#endif
};

// An empty name: the best.
const Known* find(const QString& name) {
    for (const auto& known : all)
        if (name.isEmpty() || name == QLatin1String(known.name))
            return &known;
    return nullptr;
}

}  // namespace

QStringList engineNames() {
    QStringList names;
    for (const auto& known : all)
        names << QString::fromLatin1(known.name);
    return names;
}

std::optional<EngineAbilities> engineAbilities(const QString& name) {
    const auto* known = find(name);
    return known ? std::optional(known->can()) : std::nullopt;
}

void loadEngine(const QString& name, QObject* context, std::function<void()> then) {
    const auto done = std::make_shared<QPromise<bool>>();
    done->start();
    core::deliver(done->future(), context, [then = std::move(then)](bool) { then(); });
    QThreadPool::globalInstance()->start([known = find(name), done] {
        if (known)
            known->load();
        done->addResult(true);
        done->finish();
    });
}

Made makeEngine(const QString& name, const EngineOptions& options) {
    Made made = core::unexpected<core::Error>(core::Error());
    for (const auto& known : all) {
        if (!name.isEmpty() && name != QLatin1String(known.name))
            continue;
        made = known.make(options);
        if (made || made.error().code != core::ErrorCode::NotFound)
            return made;
    }
    if (find(name))
        return made;
    return core::fail(core::ErrorCode::Invalid, QT_TRANSLATE_NOOP("Player", "The player can't be started"),
                      "there is no engine " + name.toStdString() +
                          "; there are: " + engineNames().join(QStringLiteral(", ")).toStdString());
}

}  // namespace marea::player
