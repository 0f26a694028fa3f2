import QtQuick
import QtQuick.Templates as T
import Marea

T.TextField {
    id: field
    property string iconName: ""
    property bool clearable: false
    property bool secret: false     // a password, which can be looked at
    property bool revealed: false
    property string label: placeholderText

    implicitHeight: 40
    implicitWidth: 240
    leftPadding: iconName !== "" ? 40 : 12
    rightPadding: (clearable || secret) && text !== "" ? 40 : 12
    echoMode: secret && !revealed ? TextInput.Password : TextInput.Normal
    onTextChanged: if (text === "") revealed = false
    verticalAlignment: TextInput.AlignVCenter
    color: Theme.text
    selectionColor: Theme.accent
    selectedTextColor: Theme.accentInk
    placeholderTextColor: Theme.secondary
    selectByMouse: true
    font.family: Theme.family
    font.pixelSize: Theme.small
    Accessible.name: label
    // Qt keeps the name of what it is told is a password to itself. That it is one, screen readers see by echoMode.
    Accessible.onPasswordEditChanged: Accessible.passwordEdit = false

    background: Rectangle {
        radius: Theme.radiusControl
        color: Theme.control
        border.width: field.activeFocus ? Theme.focusWidth : 1
        border.color: field.activeFocus ? Theme.accent : Theme.line
    }
    Label {
        anchors { fill: parent; leftMargin: field.leftPadding; rightMargin: field.rightPadding }
        verticalAlignment: Text.AlignVCenter
        visible: field.text === "" && field.preeditText === ""
        text: field.placeholderText
        color: Theme.secondary
        Accessible.ignored: true
    }
    Icon {
        visible: field.iconName !== ""
        name: field.iconName
        color: Theme.secondary
        size: 18
        anchors { left: parent.left; leftMargin: 12; verticalCenter: parent.verticalCenter }
    }
    IconButton {
        visible: field.clearable && field.text !== ""
        iconName: "x"
        iconSize: 16
        text: qsTr("Clear")
        color: Theme.secondary
        focusPolicy: Qt.NoFocus
        anchors { right: parent.right; rightMargin: 2; verticalCenter: parent.verticalCenter }
        onClicked: { field.clear(); field.forceActiveFocus() }
    }
    IconButton {
        visible: field.secret && field.text !== ""
        iconName: "eye"
        iconSize: 18
        checked: field.revealed
        text: field.revealed ? qsTr("Hide the password") : qsTr("Show the password")
        color: Theme.secondary
        focusPolicy: Qt.NoFocus
        anchors { right: parent.right; rightMargin: 2; verticalCenter: parent.verticalCenter }
        onClicked: field.revealed = !field.revealed
    }
}
