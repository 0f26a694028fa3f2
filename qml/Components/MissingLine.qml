import QtQuick
import Marea
import Marea.App

// Which of the libraries that a list is of did not answer, or why what is shown is that of before. While the one in use is
// away, the bar above every page tells of it.
Item {
    id: line
    objectName: "missingLine"
    required property AppContext app
    property var list: null
    property var missing: list?.missing ?? []   // their addresses; "": the one in use
    property bool alsoHere: false               // the one in use, too
    readonly property bool toldAbove: app.offline.away
    readonly property string names: app.elsewhere.namesOf((alsoHere && !toldAbove ? [""] : []).concat(missing.filter(one => one !== "" || !toldAbove)))
    readonly property string problem: list && list.failed && list.count > 0 && !toldAbove ? list.errorText : ""
    readonly property string text: problem !== "" || names === "" ? problem : qsTr("Couldn't reach %1. What the others have is shown.").arg(names)
    signal again()

    visible: text !== ""
    implicitHeight: visible ? Math.max(48, words.height + 16) : 0
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text
    Icon { id: mark; anchors.verticalCenter: parent.verticalCenter; name: "wifi-off"; color: Theme.warning }
    Label {
        id: words
        anchors { left: mark.right; leftMargin: 12; verticalCenter: parent.verticalCenter }
        width: Math.min(implicitWidth, line.width - mark.width - act.width - 24)
        text: line.text
        wrapMode: Text.Wrap
        maximumLineCount: 2
        Accessible.ignored: true
    }
    AppButton { id: act; anchors { left: words.right; leftMargin: 12; verticalCenter: parent.verticalCenter } quiet: true; height: Theme.target; text: qsTr("Try again"); onClicked: line.again() }
}
