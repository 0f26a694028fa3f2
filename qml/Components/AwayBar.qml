import QtQuick
import Marea
import Marea.App

// Over the foot of every page while the server is away, or while other libraries that the page is of did not answer.
ReachCard {
    id: bar
    required property AppContext app
    property bool narrow: false
    property QtObject page: null       // Unreached
    readonly property bool away: app.offline.away
    readonly property string awayText: !away ? ""
        : app.offline.downloads.count > 0 ? qsTr("Couldn't reach %1. What is on this computer plays all the same.").arg(app.session.serverName)
                                          : qsTr("Couldn't reach %1. It goes on when the server is there.").arg(app.session.serverName)
    readonly property string pageText: page?.text ?? ""

    text: [awayText, pageText].filter(words => words !== "").join(" ")
    withDownloads: away && !narrow && app.navigator.page !== "downloads"
    onDownloadsWanted: app.navigator.go("downloads")
    onAgain: {
        if (pageText !== "") page.again()
        if (away) app.offline.tryAgain()
    }
    onAwayChanged: if (!away) aside = ""
    Connections {
        target: bar.page
        function onTextChanged() { if (bar.page.text === "") bar.aside = "" }
    }
}
