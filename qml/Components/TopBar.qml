import QtQuick
import Marea
import Marea.App

// Back and forward, search, running work, account.
FocusScope {
    id: bar
    required property AppContext app
    property bool narrow: false
    signal filesWanted()
    signal pageWanted()
    property string unreached: ""   // words that were put away
    signal unreachedWanted()

    implicitHeight: 64
    function focusSearch() { search.forceActiveFocus(); search.selectAll() }

    Row {
        id: history
        anchors { left: parent.left; leftMargin: bar.narrow ? 8 : Theme.margin - 8; verticalCenter: parent.verticalCenter }
        IconButton { iconName: "chevron-left"; text: qsTr("Back"); shortcut: Qt.platform.os === "osx" ? "⌘[" : "Alt+←"; enabled: bar.app.navigator.canGoBack; onClicked: bar.app.navigator.back() }
        IconButton { visible: !bar.narrow; iconName: "chevron-right"; text: qsTr("Forward"); shortcut: Qt.platform.os === "osx" ? "⌘]" : "Alt+→"; enabled: bar.app.navigator.canGoForward; onClicked: bar.app.navigator.forward() }
    }
    Field {
        id: search
        anchors { left: history.right; leftMargin: 8; verticalCenter: parent.verticalCenter }
        width: Math.min(560, corner.x - x - 8)
        iconName: "search"
        clearable: true
        placeholderText: bar.narrow ? qsTr("Search") : qsTr("Search films, series, music…")
        onTextEdited: {
            bar.app.search.text = text
            if (text !== "") bar.app.navigator.go("search")
        }
        onTextChanged: if (text === "" && bar.app.search.text !== "") bar.app.search.text = ""
        onAccepted: if (text !== "") { bar.app.search.run(); bar.app.navigator.go("search"); bar.pageWanted() }
        Keys.onEscapePressed: { clear(); bar.pageWanted() }
        Keys.onDownPressed: bar.pageWanted()
        Connections {
            target: bar.app.search
            function onChanged() { if (search.text !== bar.app.search.text && (bar.app.search.text === "" || !search.activeFocus)) search.text = bar.app.search.text }
        }
        Connections {   // what was looked for is of no more interest in another section
            target: bar.app.navigator
            function onMoved() { if (["home", "films", "series", "music"].includes(bar.app.navigator.page)) { search.clear(); bar.app.search.text = "" } }
        }
    }
    Row {
        id: corner
        anchors { right: parent.right; rightMargin: bar.narrow ? 8 : Theme.margin - 8; verticalCenter: parent.verticalCenter }
        IconButton { objectName: "unreachedMark"; visible: bar.unreached !== ""; iconName: "wifi-off"; color: Theme.warning; text: bar.unreached; onClicked: bar.unreachedWanted() }
        WorkButton {
            app: bar.app
            showText: bar.width > 860
        }
        IconButton {
            id: account
            iconName: "circle-user-round"
            text: qsTr("Account")
            onClicked: menu.openAt(account, false)
        }
    }
    ChoiceMenu {
        id: menu
        title: bar.app.session.username === "" ? bar.app.session.serverName : qsTr("%1 on %2").arg(bar.app.session.username).arg(bar.app.session.serverName)
        choices: [
            {text: qsTr("Settings"), icon: "settings", value: "settings"},
            {text: qsTr("Needs attention"), icon: "triangle-alert", value: "attention", detail: bar.app.libraries.broken > 0 ? String(bar.app.libraries.broken) : ""},
            {text: qsTr("Open file…"), icon: "folder-open", value: "open"},
            {text: qsTr("Sign out"), icon: "log-out", value: "out"}
        ]
        onChosen: (value) => {
            if (value === "open") bar.filesWanted()
            else if (value === "out") bar.app.session.signOut()
            else bar.app.navigator.go(value)
        }
    }
}
