import QtQuick
import Marea
import Marea.App

// Above every page while the server is away.
Rectangle {
    id: bar
    required property AppContext app
    property bool narrow: false

    visible: app.offline.away
    height: visible ? Math.max(48, words.height + 16) : 0
    color: Theme.surface
    Accessible.role: Accessible.AlertMessage
    Accessible.name: words.text
    Icon { id: mark; x: bar.narrow ? 16 : Theme.margin; anchors.verticalCenter: parent.verticalCenter; name: "wifi-off"; color: Theme.warning }
    Label {
        id: words
        anchors { left: mark.right; leftMargin: 12; right: actions.left; rightMargin: 12; verticalCenter: parent.verticalCenter }
        text: bar.app.offline.downloads.count > 0
            ? qsTr("Couldn't reach %1. What is on this computer plays all the same.").arg(bar.app.session.serverName)
            : qsTr("Couldn't reach %1. It goes on when the server is there.").arg(bar.app.session.serverName)
        wrapMode: Text.Wrap
        maximumLineCount: 2
    }
    Row {
        id: actions
        anchors { right: parent.right; rightMargin: bar.narrow ? 8 : Theme.margin; verticalCenter: parent.verticalCenter }
        spacing: 8
        AppButton { quiet: true; height: Theme.target; visible: !bar.narrow && bar.app.navigator.page !== "downloads"; text: qsTr("Downloads"); onClicked: bar.app.navigator.go("downloads") }
        AppButton { quiet: true; height: Theme.target; text: qsTr("Try again"); onClicked: bar.app.offline.tryAgain() }
    }
}
