#include "app/viewmodels/deviceviewmodel.h"

#include <QDateTime>
#include <QLocale>
#include <QPointer>

#include "app/viewmodels/devicetexts.h"
#include "app/viewmodels/texts.h"

namespace marea::app {

using State = DeviceController::State;

namespace {

constexpr int kSoonMs = 250, kLookMs = 500;

bool isCalledOff(const std::optional<core::Error>& error) {
    return error && error->code == core::ErrorCode::Cancelled;
}

}  // namespace

DeviceViewModel::DeviceViewModel(const DeviceContext& context, Notices& notices, DeviceSettings settings,
                                 QObject* parent)
    : QObject(parent),
      context_(context),
      notices_(notices),
      settings_(std::move(settings)),
      controller_(context.parts),
      remembered_(!settings_.name.isEmpty()) {
    connect(&controller_, &DeviceController::changed, this, &DeviceViewModel::onController);
    connect(&controller_, &DeviceController::progressed, this, &DeviceViewModel::progressed);
    connect(&controller_, &DeviceController::finished, this, &DeviceViewModel::onFinished);
    connect(&controller_, &DeviceController::imported, this, &DeviceViewModel::onImported);
    soon_.setSingleShot(true);
    soon_.setInterval(kSoonMs);
    connect(&soon_, &QTimer::timeout, this, &DeviceViewModel::passWish);
    reading_.setInterval(kLookMs);
    connect(&reading_, &QTimer::timeout, this, &DeviceViewModel::watchReading);
}

QString DeviceViewModel::state() const {
    if (syncing())
        return QStringLiteral("syncing");
    if (!present())
        return QStringLiteral("away");
    if (!problemText().isEmpty())
        return QStringLiteral("blocked");
    if (controller_.state() == State::Closed)
        return QStringLiteral("closed");
    return controller_.state() == State::Opening || loading_ ? QStringLiteral("reading") : QStringLiteral("ready");
}

QString DeviceViewModel::statusText() const {
    if (syncing())
        return paused() ? tr("Paused") : importing() ? tr("Importing photos and videos") : tr("Syncing");
    if (ejected_)
        return tr("It may be unplugged.");
    if (!present())
        return settings_.lastSync() > 0 ? tr("Not here. Synced %1.").arg(history().value(0)) : tr("Not here.");
    if (controller_.state() == State::Opening)
        return tr("Looking at what is on it");
    if (loading_)
        return tr("Looking at the library");
    if (found_->readOnly && settings_.storage.isEmpty())
        return tr("Write-protected");
    return found_->free > 0 ? tr("%1 free").arg(devicetexts::size(found_->free)) : QString();
}

QString DeviceViewModel::problemText() const {
    if (found_)
        if (const QString text = devicetexts::problem(*found_); !text.isEmpty())
            return text;
    if (present() && controller_.error())
        return isCalledOff(controller_.error()) ? tr("Looking at what is on it was called off.")
                                                : devicetexts::error(*controller_.error());
    return {};
}

bool DeviceViewModel::canImport() const {
    if (!present() || syncing() || found_->problem != FoundDevice::Problem::None)
        return false;
    const auto& error = controller_.error();
    return !error || isCalledOff(error) || error->code == core::ErrorCode::Forbidden;
}

QVariantList DeviceViewModel::storage() const {
    const bool open = controller_.state() == State::Open || syncing();
    if (open || controller_.use().total > 0)
        return devicetexts::storage(controller_.use());
    if (!found_ || found_->total <= 0)
        return {};
    return devicetexts::storage({0, 0, found_->total - found_->free, found_->free, found_->total});
}

// What the plan adds, of the whole device.
double DeviceViewModel::plannedShare() const {
    const auto& use = controller_.use();
    if (!controller_.plan() || use.total <= 0)
        return 0;
    const auto more = controller_.plan()->bytesToWrite - controller_.plan()->bytesToDelete;
    return std::max(0.0, static_cast<double>(std::min(more, use.free)) / static_cast<double>(use.total));
}

QString DeviceViewModel::storageText() const {
    const auto& use = controller_.use();
    const qint64 total = use.total > 0 ? use.total : found_ ? found_->total : 0;
    const qint64 free = use.total > 0 ? use.free : found_ ? found_->free : 0;
    return total > 0 ? tr("%1 free of %2").arg(devicetexts::size(free), devicetexts::size(total)) : QString();
}

QString DeviceViewModel::stepsText() const {
    if (isCalledOff(libraryError_))
        return tr("Looking at the library was called off.");
    if (libraryError_)
        return settings_.folder.isEmpty() ? texts::error(*libraryError_) : devicetexts::folderError(*libraryError_);
    if (settings_.folder.isEmpty() && account_.isEmpty())
        return tr("Sign in to a server, or choose a folder with music and films.");
    return controller_.plan() ? devicetexts::steps(*controller_.plan()) : QString();
}

QString DeviceViewModel::othersText() const {
    if (takesOver_)
        return tr("What other computers put here counts as this one's. What is not chosen here is removed.");
    return controller_.plan() ? devicetexts::others(*controller_.plan()) : QString();
}

QString DeviceViewModel::syncText() const {
    return controller_.plan() ? devicetexts::syncButton(*controller_.plan()) : tr("Sync");
}

bool DeviceViewModel::hasWork() const {
    const auto& plan = controller_.plan();
    const auto isWork = [](const sync::Step& step) {
        return step.action != sync::Action::Keep && step.action != sync::Action::LeftOut &&
               step.action != sync::Action::Other;
    };
    return takesOver_ || std::any_of(plan->steps.begin(), plan->steps.end(), isWork) || !plan->missing.empty() ||
           !plan->leftovers.empty();
}

bool DeviceViewModel::canSync() const {
    return controller_.state() == State::Open && controller_.plan() && !loading_ && hasWork();
}

bool DeviceViewModel::inStep() const {
    return controller_.state() == State::Open && controller_.plan() && !libraryError_ && !hasWork();
}

QString DeviceViewModel::removalText() const {
    return controller_.plan() ? devicetexts::removals(*controller_.plan()) : QString();
}

double DeviceViewModel::progress() const {
    return bytesTotal() > 0 ? static_cast<double>(bytesDone()) / static_cast<double>(bytesTotal()) : 0;
}

// How far that is, as far as one knows.
QString DeviceViewModel::readingText() const {
    const QLocale locale;
    if (controller_.state() == State::Opening) {
        const auto seen = static_cast<qlonglong>(controller_.seen());
        return seen > 0 ? tr("Looking at what is on it: %1 so far").arg(locale.toString(seen)) : statusText();
    }
    const auto [done, total] = provider_ ? provider_->progress() : LibraryProgress();
    if (total > 0)
        return tr("Looking at the library: %1 %").arg(100 * done / total);
    return done > 0 ? tr("Looking at the library: %1 so far").arg(locale.toString(static_cast<qlonglong>(done)))
                    : statusText();
}

void DeviceViewModel::watchReading() {
    if (state() != QLatin1String("reading"))
        return reading_.stop();
    if (!reading_.isActive())
        reading_.start();
    Q_EMIT progressed();
}

QString DeviceViewModel::progressText() const {
    if (state() == QLatin1String("reading"))
        return readingText();
    const auto& now = controller_.progress();
    if (now.filesTotal == 0)
        return paused()            ? tr("Paused")
               : importing()       ? tr("Looking for photos and videos")
               : bytesTotal() == 0 ? tr("Moving and removing files")
                                   : tr("Getting ready");
    QStringList parts{tr("%1 of %2 files").arg(now.filesDone).arg(now.filesTotal),
                      tr("%1 of %2").arg(devicetexts::size(now.bytesDone), devicetexts::size(now.bytesTotal))};
    if (paused())
        return (parts << tr("paused")).join(QStringLiteral(" · "));
    if (now.bytesPerSecond > 0)
        parts << tr("%1/s").arg(devicetexts::size(static_cast<qint64>(now.bytesPerSecond)));
    if (now.secondsLeft)
        parts << devicetexts::duration(*now.secondsLeft);
    return parts.join(QStringLiteral(" · "));
}

QStringList DeviceViewModel::history() const {
    QStringList lines;
    for (const auto& past : settings_.history)
        lines << devicetexts::past(past);
    return lines;
}

void DeviceViewModel::setFound(const std::optional<FoundDevice>& found) {
    const bool moved = found && found_ && found->place != found_->place;  // it is mounted elsewhere now
    const bool came = found && (!found_ || moved);
    if (!found)
        takesOver_ = false;
    if (!found || moved)
        controller_.close();
    found_ = found;
    if (found)
        learn(*found);
    else
        ejecting_ = false;
    const bool usable = found_ && found_->problem == FoundDevice::Problem::None && !ejecting_;
    const bool again = controller_.error() && !isCalledOff(controller_.error());
    if (looked_ && usable && controller_.state() == State::Closed && (came || again))
        open();
    Q_EMIT changed();
}

// It may have another name since it was here last, or another place: then what is being read for it may be no library
// for it.
void DeviceViewModel::learn(const FoundDevice& found) {
    if (settings_.place != found.place) {
        provider_.reset();
        loading_ = false;
    }
    const bool phone = found.kind == FoundDevice::Kind::Phone;
    const bool known = settings_.name == found.name && settings_.place == found.place &&
                       settings_.model == found.model && settings_.phone == phone;
    settings_.name = found.name;
    settings_.place = found.place;
    settings_.model = found.model;
    settings_.phone = phone;
    ejected_ = false;
    if (remembered_ && !known)
        keep();
}

void DeviceViewModel::setAccount(const QString& account) {
    if (account == account_)
        return;
    account_ = account;
    if (settings_.folder.isEmpty()) {
        setLibrary(nullptr);
        provider_.reset();
        if (looked_)
            loadLibrary();
        passWish();
    }
}

void DeviceViewModel::open() {
    looked_ = true;
    if (found_ && found_->problem == FoundDevice::Problem::None)
        controller_.open(wishOfDevice());
    if (!loading_)
        loadLibrary();  // also one that is known: there may be more by now
}

void DeviceViewModel::close() {
    looked_ = false;
    takesOver_ = takesOver_ && syncing();
    controller_.close();
}

void DeviceViewModel::reload() {
    if (syncing())
        return;
    controller_.close();
    setLibrary(nullptr);
    provider_.reset();
    loading_ = false;
    Q_EMIT lookAgain();
    open();
}

DeviceWish DeviceViewModel::wishOfDevice() const {
    return {settings_.place.toStdString(), foldersOf(context_.profiles), settings_.storage.toStdString()};
}

void DeviceViewModel::loadLibrary() {
    libraryError_.reset();
    const bool none = settings_.folder.isEmpty() && account_.isEmpty();
    provider_ = none || !context_.library ? nullptr : context_.library(settings_.folder, settings_.place);
    loading_ = provider_ != nullptr;
    if (provider_)
        provider_->load([this](const core::Result<DeviceLibraryPtr>& library) {
            loading_ = false;
            setLibrary(library.value_or(nullptr));
            if (!library)
                libraryError_ = library.error();
            passWish();
            Q_EMIT rulesChanged();
        });
    watchReading();
    Q_EMIT changed();
}

// A library that was read before is still there.
void DeviceViewModel::cancel() {
    controller_.cancel();
    if (!loading_ || syncing())
        return;
    provider_.reset();
    loading_ = false;
    if (!library_)
        libraryError_ = core::Error{core::ErrorCode::Cancelled, "called off", {}};
    Q_EMIT changed();
}

void DeviceViewModel::passWish() {
    controller_.setWish({library_, settings_.rules, profileNow(), takesOver_});
}

void DeviceViewModel::onController() {
    plan_.setPlan(controller_.plan());
    watchReading();
    Q_EMIT changed();
}

void DeviceViewModel::setTakesOver(bool on) {
    if (on == takesOver_ || syncing())
        return;
    takesOver_ = on;
    passWish();
    Q_EMIT changed();
}

void DeviceViewModel::sync() {
    if (!canSync())
        return;
    problems_.clear();
    ejected_ = false;
    leftOut_ = static_cast<int>(controller_.plan()->count(sync::Action::LeftOut));
    controller_.sync();
    if (!syncing())
        return;
    keep();
    Q_EMIT progressed();
}

void DeviceViewModel::importTo(const QUrl& folder) {
    if (!present() || syncing() || folder.toLocalFile().isEmpty())
        return;
    problems_.clear();
    controller_.importTo(wishOfDevice(), folder.toLocalFile().toStdString());
}

QVariantList DeviceViewModel::problemsOf(const std::vector<sync::SyncReport::Problem>& problems) const {
    QVariantList list;
    for (const auto& problem : problems)
        list << QVariantMap{{QStringLiteral("path"), QString::fromStdString(problem.path)},
                            {QStringLiteral("reason"), devicetexts::error({problem.code, {}, problem.reason})}};
    return list;
}

void DeviceViewModel::onImported(const ImportEnd& end) {
    const auto& report = end.report;
    if (report)
        problems_ = problemsOf(report->problems);
    if (report && report->problems.empty())
        notices_.tell(tr("%n file(s) imported from %1.", nullptr, static_cast<int>(report->imported)).arg(name()));
    else if (report)
        notices_.warn(
            tr("%n file(s) did not come from %1.", nullptr, static_cast<int>(report->problems.size())).arg(name()));
    else if (!end.cancelled)
        notices_.warn(QStringLiteral("%1: %2").arg(name(), devicetexts::importError(report.error())));
    Q_EMIT progressed();
    Q_EMIT changed();
}

void DeviceViewModel::onFinished(const SyncEnd& end) {
    const auto& report = end.report;
    if (report) {
        problems_ = problemsOf(report->problems);
        setTakesOver(false);  // it is done
    }
    remember(end);
    if (report && report->problems.empty() && leftOut_ > 0)
        notices_.tell(
            tr("%n file(s) were left out; its page says why. %1 may be unplugged.", nullptr, leftOut_).arg(name()));
    else if (report && report->problems.empty())
        notices_.tell(tr("%1 is in step. It may be unplugged.").arg(name()));
    else if (report)
        notices_.warn(
            tr("%n file(s) did not come to %1.", nullptr, static_cast<int>(report->problems.size())).arg(name()));
    else if (!end.cancelled)
        notices_.warn(QStringLiteral("%1: %2").arg(name(), devicetexts::error(report.error())));
    Q_EMIT progressed();
    Q_EMIT changed();
}

void DeviceViewModel::remember(const SyncEnd& end) {
    const auto& report = end.report;
    PastSync past;
    past.at = QDateTime::currentMSecsSinceEpoch();
    if (report) {
        past.written = static_cast<int>(report->written);
        past.moved = static_cast<int>(report->moved);
        past.deleted = static_cast<int>(report->deleted);
        past.problems = static_cast<int>(report->problems.size());
        past.bytes = report->bytes;
    } else {
        past.error = end.cancelled ? tr("called off") : devicetexts::error(report.error());
    }
    settings_.history.prepend(past);
    keep();
}

// Not before it is let go of: what is still open there would be in the way.
void DeviceViewModel::eject() {
    if (!canEject() || ejecting_)
        return;
    ejecting_ = true;
    controller_.close([this, device = *found_] { unmount(device); });
}

// One of which nothing is remembered is forgotten when it goes, which may be before the command ends.
void DeviceViewModel::unmount(const FoundDevice& device) {
    app::eject(context_.commands, device,
               [self = QPointer(this), &notices = notices_, name = name()](const EjectEnd& end) {
                   tellEjected(notices, name, end);
                   if (self)
                       self->onUnmounted(end.done.has_value());
               });
}

void DeviceViewModel::tellEjected(Notices& notices, const QString& name, const EjectEnd& end) {
    if (end.done)
        notices.tell(tr("%1 may be unplugged.").arg(name));
    else if (end.holder.isEmpty())
        notices.warn(tr("%1 is still in use by another program.").arg(name));
    else
        notices.warn(tr("%1 is still in use by %2.").arg(name, end.holder));
}

void DeviceViewModel::onUnmounted(bool done) {
    ejecting_ = false;
    ejected_ = done;
    Q_EMIT lookAgain();
    if (!done && looked_)
        open();
    Q_EMIT changed();
}

void DeviceViewModel::release() {
    if (!canRelease())
        return;
    tryEach(context_.commands, {releaseCommand(*found_)},
            [self = QPointer(this), &notices = notices_, name = name()](const core::Result<void>& done) {
                if (!done)
                    notices.warn(tr("The file manager did not let go of %1.").arg(name));
                if (self)
                    Q_EMIT self->lookAgain();
            });
}

void DeviceViewModel::keep() {
    remembered_ = true;
    if (const auto saved = context_.store.save(settings_); !saved)
        notices_.warn(tr("What was set for %1 cannot be kept. Is the disk full?").arg(name()));
}

void DeviceViewModel::retranslate() {
    plan_.retranslate();
    Q_EMIT rulesChanged();
    Q_EMIT changed();
}

}  // namespace marea::app
